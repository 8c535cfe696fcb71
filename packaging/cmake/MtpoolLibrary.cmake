# A folder is a library: its name, its alias and its sources come from where it lies.
#
#   mtpool_library(DEPS base crypto EXTERNAL OpenSSL::Crypto)
#
# in engine/mtproto/CMakeLists.txt makes the static library mtpool_mtproto (alias mtpool::mtproto) of all *.cc
# below the folder, except main.cc. gui/link becomes mtpool_gui_link, alias mtpool::gui_link.
# DEPS are the folders it may include; tests/arch/layers.py holds the includes against them.
include_guard(GLOBAL)
set_property(GLOBAL PROPERTY MTPOOL_LAYERS "")

function(mtpool_folder_name out)
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REGEX REPLACE "^engine/" "" name "${folder}")
  string(REPLACE "/" "_" name "${name}")
  set(${out} "${name}" PARENT_SCOPE)
endfunction()

function(mtpool_library)
  cmake_parse_arguments(ARG "" "" "DEPS;EXTERNAL;SOURCES" ${ARGN})
  mtpool_folder_name(name)
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  list(FILTER sources EXCLUDE REGEX "/tlgen/")
  list(APPEND sources ${ARG_SOURCES})
  set(target "mtpool_${name}")
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE mtpool_warnings)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library("mtpool::${name}" ALIAS ${target})
  target_include_directories(${target} ${scope} "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/gen")
  foreach(dep IN LISTS ARG_DEPS)
    string(REPLACE "/" "_" depname "${dep}")
    target_link_libraries(${target} ${scope} "mtpool::${depname}")
  endforeach()
  target_link_libraries(${target} ${scope} ${ARG_EXTERNAL})
  set_property(GLOBAL APPEND PROPERTY MTPOOL_LAYERS "${folder}=${ARG_DEPS}")
  string(REPLACE ";" "," deps "${ARG_DEPS}")
  set_property(GLOBAL APPEND_STRING PROPERTY MTPOOL_LAYERS_JSON "  \"${folder}\": \"${deps}\",\n")
endfunction()

# mtpool_program(mtpoold): an executable of this folder's main.cc over this folder's library.
function(mtpool_program program)
  mtpool_folder_name(name)
  add_executable(${program} "${CMAKE_CURRENT_SOURCE_DIR}/main.cc")
  target_link_libraries(${program} PRIVATE mtpool_warnings "mtpool::${name}")
  install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endfunction()

# mtpool_test(DEPS mtproto crypto [LABELS unit]): one test program of all *_test.cc in this tests/ folder.
function(mtpool_test)
  cmake_parse_arguments(ARG "" "" "DEPS;EXTERNAL;LABELS" ${ARGN})
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "_" name "${folder}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
  set(target "${name}_tests")
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE mtpool_warnings GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/gen")
  target_compile_definitions(${target} PRIVATE
    MTPOOL_SOURCE_DIR="${CMAKE_SOURCE_DIR}" MTPOOL_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  foreach(dep IN LISTS ARG_DEPS)
    string(REPLACE "/" "_" depname "${dep}")
    target_link_libraries(${target} PRIVATE "mtpool::${depname}")
  endforeach()
  target_link_libraries(${target} PRIVATE ${ARG_EXTERNAL})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  include(GoogleTest)
  gtest_discover_tests(${target} TEST_PREFIX "${MTPOOL_TEST_PREFIX}${name}."
    DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 300)
endfunction()

# Adds every subfolder that has a CMakeLists.txt, in name order.
macro(mtpool_add_subfolders)
  file(GLOB _lists CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt")
  foreach(_list IN LISTS _lists)
    get_filename_component(_dir "${_list}" DIRECTORY)
    add_subdirectory("${_dir}")
  endforeach()
endmacro()

function(mtpool_write_layers)
  get_property(json GLOBAL PROPERTY MTPOOL_LAYERS_JSON)
  string(REGEX REPLACE ",\n$" "\n" json "${json}")
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/layers.json" CONTENT "{\n${json}}\n")
endfunction()
