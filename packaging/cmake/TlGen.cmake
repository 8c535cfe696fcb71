# Generates the TL code at build time into build/gen/tl/.
#
#   mtpool_tl(api SCHEMA api.tl TYPES types.txt METHODS methods.txt VIEWS views.txt)   # out: ${MTPOOL_TL_API_SOURCES}
#   mtpool_tl(mt SCHEMA mtproto.tl WHOLE service)
#
# File names come from the "[section]" lines of the lists, so that headers are known to the build system and a change
# of the schema recompiles what includes them, in the same run.
include_guard(GLOBAL)

function(mtpool_tl_sections out list)
  file(STRINGS "${list}" lines REGEX "^\\[")
  string(REGEX REPLACE "[][]" "" lines "${lines}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list}")
  string(REGEX MATCHALL "[a-z0-9_]+" names "${lines}")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

function(mtpool_tl space)
  cmake_parse_arguments(ARG "" "SCHEMA;TYPES;METHODS;VIEWS;WHOLE" "" ${ARGN})
  set(inputs "${CMAKE_SOURCE_DIR}/resources/tl")
  set(dir "${CMAKE_BINARY_DIR}/gen/tl/${space}")
  set(headers "${dir}/names.h" "${dir}/every_header.inc" "${dir}/every_struct.inc")
  set(sources "${dir}/constructor_names.cc" "${dir}/method_names.cc")
  set(command --schema "${inputs}/${ARG_SCHEMA}" --space ${space} --out "${dir}")
  set(depends "${inputs}/${ARG_SCHEMA}")
  if(ARG_WHOLE)
    set(sections ${ARG_WHOLE} ${ARG_WHOLE}_methods)
    list(APPEND command --whole ${ARG_WHOLE})
  else()
    mtpool_tl_sections(sections "${inputs}/${ARG_TYPES}")
    mtpool_tl_sections(methods "${inputs}/${ARG_METHODS}")
    mtpool_tl_sections(views "${inputs}/${ARG_VIEWS}")
    list(APPEND sections ${methods} ${views})
    list(APPEND headers "${dir}/ids.h" "${dir}/skip_types.h")
    list(APPEND sources "${dir}/skip_table.cc")
    list(APPEND command --types "${inputs}/${ARG_TYPES}" --methods "${inputs}/${ARG_METHODS}"
      --views "${inputs}/${ARG_VIEWS}")
    list(APPEND depends "${inputs}/${ARG_TYPES}" "${inputs}/${ARG_METHODS}" "${inputs}/${ARG_VIEWS}")
  endif()
  foreach(section IN LISTS sections)
    list(APPEND headers "${dir}/${section}.h")
    list(APPEND sources "${dir}/${section}.cc")
  endforeach()
  set(stamp "${CMAKE_BINARY_DIR}/gen/tl/${space}.stamp")
  add_custom_command(
    OUTPUT "${stamp}"
    BYPRODUCTS ${headers} ${sources}
    COMMAND tlgen ${command}
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    DEPENDS tlgen ${depends}
    COMMENT "tlgen: ${ARG_SCHEMA}" VERBATIM)
  string(TOUPPER "${space}" upper)
  set(MTPOOL_TL_${upper}_SOURCES ${sources} "${stamp}" PARENT_SCOPE)
endfunction()
