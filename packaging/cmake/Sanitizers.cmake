# MTPOOL_SANITIZE=address means ASan + UBSan; thread means TSan. Applied to every target alike.
# MTPOOL_TEST_PREFIX begins the name of every test, so that one run over several builds tells them apart.
set(MTPOOL_TEST_PREFIX "")
if(MTPOOL_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  set(MTPOOL_TEST_PREFIX "asan.")
elseif(MTPOOL_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -Wno-tsan)
  add_link_options(-fsanitize=thread)
  set(MTPOOL_TEST_PREFIX "tsan.")
elseif(NOT MTPOOL_SANITIZE STREQUAL "")
  message(FATAL_ERROR "MTPOOL_SANITIZE must be empty, address or thread, not '${MTPOOL_SANITIZE}'")
endif()
