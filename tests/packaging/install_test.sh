#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_test.sh BUILD PROGRAM…: what cmake --install puts in place starts from there and says what it is.
set -euo pipefail
build=$1
shift
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
cmake --install "$build" --prefix "$staged/usr" >/dev/null
for program in "$@"; do
  said=$("$staged/usr/bin/$program" --version)
  case "$said" in
    "$program "[0-9]*) echo "$said" ;;
    *) echo "$program --version says '$said', not '$program <version>'" >&2; exit 1 ;;
  esac
done
