#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what Debian 12 lacks, builds mtpool for release, with sanitizers and with clang, and runs the tests of the first two.
#
#   check.sh            what a change must pass
#   check.sh --full     the build for data races and the long tests too
#   check.sh --quick    the release build and its tests only
#
# Ends with one summary over the tests of all builds, and with exit 0 only when nothing failed. Builds below build-check/
# with state, sockets and temporary files of its own, so it never meets a running engine or a developer's build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
out=$root/build-check

tested=(release asan)
compiled=(clang)
select=(-LE '^long$')
case "${1:-}" in
  "") ;;
  --full) tested+=(tsan); select=() ;;
  --quick) tested=(release); compiled=() ;;
  *) echo "usage: check.sh [--quick | --full]" >&2; exit 2 ;;
esac

# What a developer's shell exports must not change what is tested.
for name in $(compgen -e); do
  case "$name" in
    MTPOOL_* | MTPROTO_* | DATABASE_URL | DB_* | XDG_* | QT_* | ASAN_OPTIONS | UBSAN_OPTIONS | LSAN_OPTIONS | TSAN_OPTIONS)
      unset "$name" ;;
  esac
done
mkdir -p "$out"
private=$(mktemp -d "${TMPDIR:-/tmp}/mtpool-check.XXXXXX")
trap 'rm -rf "$private"' EXIT
mkdir -m 700 "$private"/{tmp,run,config,state,cache,data}
# The home directory may be missing or read-only: only what is already there is read from it.
cache=${CCACHE_DIR:-${HOME:-$out}/.cache/ccache}
mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=$out/.cache/ccache
export CCACHE_DIR=$cache CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1
export TMPDIR=$private/tmp XDG_RUNTIME_DIR=$private/run XDG_CONFIG_HOME=$private/config XDG_STATE_HOME=$private/state
export XDG_CACHE_HOME=$private/cache XDG_DATA_HOME=$private/data
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=1
export ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1

jobs=$(nproc)
table=()

# stage NAME COMMAND…: runs it with its output in a log, shows the end of the log when it fails.
stage() {
  local name=$1 begin=$SECONDS log
  shift
  log=$out/${name// /-}.log
  printf '%-16s' "$name"
  if ! "$@" >"$log" 2>&1; then
    echo "failed after $((SECONDS - begin)) s; the end of $log:"
    tail -n 60 "$log"
    exit 1
  fi
  table+=("$(printf '%-16s %6d s' "$name" $((SECONDS - begin)))")
  echo "$((SECONDS - begin)) s"
}

build() {
  local preset=$1
  shift
  cmake --preset "$preset" -B "$out/$preset" "$@" && cmake --build "$out/$preset" --parallel "$jobs"
}

stage dependencies packaging/deps.sh
stage "build release" build release -DMTPOOL_WERROR=ON
for preset in "${tested[@]:1}"; do
  stage "build $preset" build "$preset" -DMTPOOL_BENCH=OFF
done
for preset in ${compiled[@]+"${compiled[@]}"}; do
  stage "build $preset" build "$preset"
done

# One run over the tests of all builds gives one summary. One test more than there are cores: some wait for a deadline.
printf 'subdirs("%s")\n' "${tested[@]/#/$out/}" >"$out/CTestTestfile.cmake"
printf '\n%s\n' "stage                 time"
printf '%s\n' "${table[@]}"
echo
ctest --test-dir "$out" --parallel "$((jobs + 1))" --output-on-failure --no-tests=error ${select[@]+"${select[@]}"}
