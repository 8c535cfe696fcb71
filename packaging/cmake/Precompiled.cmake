# Headers of the standard library and of third parties, parsed once per tier instead of once per source. Most of a cold
# build is the parsing of headers. A source still includes all it uses: the clang build does so for tests only, and says where
# the product relies on somebody else's include.
#
#   mtpool_precompile(TARGET FOLDER DEPS)   # the tier follows from where the target lies and what it depends on
include_guard(GLOBAL)
set(MTPOOL_PRECOMPILE ON CACHE STRING "Use precompiled headers: ON, OFF, or tests for the tests only")

set(_base <algorithm> <array> <chrono> <cstdint> <cstring> <deque> <filesystem> <functional> <list> <map> <memory> <mutex>
    <optional> <set> <span> <sstream> <string> <string_view> <system_error> <unordered_map> <utility> <variant> <vector>)
set(_std ${_base} <fmt/format.h>)
set(_async ${_std} <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/executor_work_guard.hpp> <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/post.hpp>
    <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
set(_qt ${_base} <QAbstractItemModel> <QApplication> <QComboBox> <QDateTime> <QFrame> <QHBoxLayout> <QLabel> <QLineEdit>
    <QLocale> <QPainter> <QPushButton> <QString> <QTimer> <QToolTip> <QVBoxLayout> <QVariant>)
set(_tests_std ${_std} <gmock/gmock.h> <gtest/gtest.h>)
set(_tests_async ${_async} <gmock/gmock.h> <gtest/gtest.h>)
set(_tests_qt ${_qt} <gmock/gmock.h> <gtest/gtest.h>)

# std, async for what uses asio, qt for the console; the same three for tests.
function(mtpool_tier out folder deps)
  set(tier std)
  if(folder MATCHES "^(tests/)?gui")
    set(tier qt)
  elseif(folder STREQUAL "engine/async" OR "async" IN_LIST deps)
    set(tier async)
  endif()
  if(folder MATCHES "^tests/")
    foreach(dep IN LISTS deps)
      get_property(below GLOBAL PROPERTY "MTPOOL_TIER_engine/${dep}")
      if(below STREQUAL "async")
        set(tier async)
      endif()
    endforeach()
    set(tier tests_${tier})
  endif()
  set_property(GLOBAL PROPERTY "MTPOOL_TIER_${folder}" ${tier})
  set(${out} ${tier} PARENT_SCOPE)
endfunction()

function(mtpool_precompile target folder deps)
  mtpool_tier(tier "${folder}" "${deps}")
  if(NOT MTPOOL_PRECOMPILE OR folder MATCHES "^(gui/link|tests/packaging)$")  # few files, Qt without widgets
    return()
  elseif(MTPOOL_PRECOMPILE STREQUAL "tests" AND NOT folder MATCHES "^tests/")
    return()
  endif()
  set(headers mtpool_headers_${tier})
  if(NOT TARGET ${headers})
    file(WRITE "${CMAKE_BINARY_DIR}/gen/headers_${tier}.cc" "")
    add_library(${headers} OBJECT "${CMAKE_BINARY_DIR}/gen/headers_${tier}.cc")
    set_target_properties(${headers} PROPERTIES AUTOMOC OFF)
    target_precompile_headers(${headers} PRIVATE ${_${tier}})
    target_compile_options(${headers} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
    target_link_libraries(${headers} PRIVATE mtpool_warnings)
    if(tier MATCHES "qt$")
      target_link_libraries(${headers} PRIVATE Qt5::Core Qt5::Gui Qt5::Widgets)
    else()
      target_link_libraries(${headers} PRIVATE fmt::fmt Boost::boost Threads::Threads)
    endif()
    if(tier MATCHES "^tests")
      target_link_libraries(${headers} PRIVATE GTest::gtest GTest::gmock)
      target_compile_options(${headers} PRIVATE ${MTPOOL_TEST_OPTIONS})
    endif()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${headers})
  target_compile_options(${target} PRIVATE -Winvalid-pch $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)  # ccache wants it
endfunction()
