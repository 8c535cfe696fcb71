# Compiles through ccache where it is installed; set MTPOOL_CCACHE=OFF to measure a cold build.
option(MTPOOL_CCACHE "Use ccache when present" ON)
find_program(MTPOOL_CCACHE_PROGRAM ccache)
if(MTPOOL_CCACHE AND MTPOOL_CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${MTPOOL_CCACHE_PROGRAM}")
endif()
