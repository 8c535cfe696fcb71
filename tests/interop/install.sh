#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install.sh FOLDER: puts the pinned client and the test's programs into FOLDER, from the registry npm is configured with.
# Scripts of packages don't run: nothing that is fetched gets to execute before the test itself loads it.
set -euo pipefail
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$folder"
cp "$here"/package.json "$here"/package-lock.json "$here"/*.mjs "$folder"
cd "$folder"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "node and npm are missing; packaging/deps.sh installs them" >&2
  exit 1
fi
cmp -s package-lock.json node_modules/.installed && exit 0
# The cache stays below FOLDER: the home directory may be read-only.
if ! npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --cache "$folder/npm-cache"; then
  echo "the interop test needs @mtcute/node from an npm registry, and npm could not install it:" \
    "check the network, or npm's setting \"registry\"" >&2
  exit 1
fi
cp package-lock.json node_modules/.installed
