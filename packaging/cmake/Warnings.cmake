# One warning list for hand-written code; generated code gets none (mtpool_no_warnings).
add_library(mtpool_warnings INTERFACE)
target_compile_options(mtpool_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wmismatched-tags is left to clang: with precompiled headers it ends g++ 12 with an internal error.
  # False positive of g++ 12 on coroutine frames from -O1 up.
  target_compile_options(mtpool_warnings INTERFACE -Wno-mismatched-new-delete)
  if(MTPOOL_SANITIZE)
    # Another one, on variants returned from coroutines, only where the sanitizers hold the optimiser back.
    target_compile_options(mtpool_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
else()
  target_compile_options(mtpool_warnings INTERFACE -Wmismatched-tags)
endif()
if(MTPOOL_WERROR)
  target_compile_options(mtpool_warnings INTERFACE -Werror)
endif()

function(mtpool_no_warnings target)
  target_compile_options(${target} PRIVATE -w)
endfunction()
