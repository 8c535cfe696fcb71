#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what a plain Debian 12 lacks to build mtpool. Does nothing, quickly, where all is there.
#
#   deps.sh             everything that check.sh needs: engine, console, tests, sanitizers, clang
#   deps.sh --minimal   what quickstart.sh --headless needs: engine, CLI, simulator
#   deps.sh --console   what quickstart.sh needs: the console too
#   deps.sh --print     the names of what is missing, and installs nothing
set -euo pipefail
# Package scripts call ldconfig and friends; a user's PATH may lack their place.
export PATH="$PATH:/usr/sbin:/sbin" DEBIAN_FRONTEND=noninteractive

minimal=(
  g++ cmake ninja-build pkg-config
  libboost1.81-dev libboost-json1.81-dev libcli11-dev libdeflate-dev libfmt-dev libprotobuf-dev libspdlog-dev
  libsqlite3-dev libssl-dev prometheus-cpp-dev protobuf-compiler
  python3
)
console=(
  qtbase5-dev qttools5-dev qttools5-dev-tools libqt5svg5-dev libqcustomplot-dev libqt5sql5-psql libqt5sql5-sqlite
  fonts-dejavu-core
)
checks=(
  ccache clang-14 clang-format-14 libclang-rt-14-dev libbenchmark-dev libgmock-dev libgtest-dev
  openssh-client openssh-server shellcheck sqlite3 xauth xvfb
)

fail() {
  echo "deps.sh: $*" >&2
  exit 1
}

# The packages of the list that are not installed.
missing() {
  local package
  for package in "$@"; do
    case "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" in
      ii*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

apt() {
  if [ "$(id -u)" = 0 ]; then
    apt-get -qq "$@"
  else
    sudo DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
  fi
}

# --no-remove: a package that conflicts with what the machine has must be the operator's decision.
install() {
  apt install -y --no-install-recommends --no-remove -o Dpkg::Use-Pty=0 "$@" >&2
}

wanted=("${minimal[@]}" "${console[@]}" "${checks[@]}")
for_checks=yes
print=no
for option in "$@"; do
  case "$option" in
    --minimal) wanted=("${minimal[@]}"); for_checks=no ;;
    --console) wanted=("${minimal[@]}" "${console[@]}"); for_checks=no ;;
    --print) print=yes ;;
    *) echo "usage: deps.sh [--minimal | --console] [--print]" >&2; exit 2 ;;
  esac
done

command -v dpkg-query >/dev/null || fail "this is no Debian; install the equivalents of: ${wanted[*]}"
# No process substitution: a chroot may lack /proc and with it /dev/fd.
read -r -a lacking <<<"$(missing "${wanted[@]}")"
# The interop test needs some node; a machine may have one that is not Debian's and forbids Debian's.
if [ $for_checks = yes ]; then
  command -v node >/dev/null || lacking+=(nodejs)
  command -v npm >/dev/null || lacking+=(npm)
fi

if [ $print = yes ]; then
  printf '%s' "${lacking[@]/%/$'\n'}"
  exit 0
fi
[ ${#lacking[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
  fail "missing: ${lacking[*]}. Run it once as root, or: apt-get install --no-install-recommends ${lacking[*]}"
fi

echo "installing ${#lacking[@]} packages: ${lacking[*]}" >&2
# Package lists that know all the names are new enough, until a download says otherwise.
if apt install --dry-run --no-install-recommends "${lacking[@]}" >/dev/null 2>&1 && install "${lacking[@]}"; then
  exit 0
fi
apt update || fail "the package lists can't be fetched; check /etc/apt/sources.list and the network"
install "${lacking[@]}" || fail "apt-get could not install: ${lacking[*]} (Debian 12 \"bookworm\" with \"main\" has them all)"
