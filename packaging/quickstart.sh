#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows mtpool at work without an account and without a network: installs what Debian 12 lacks, builds, starts a simulated
# Telegram and the engine on ports, sockets and files of their own, logs accounts in and collects four channels to SQLite.
#
#   quickstart.sh              opens the console too, and ends when it is closed
#   quickstart.sh --headless   for a machine without a display: collects, proves the result, leaves nothing running
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

headless=no
case "${1:-}" in
  "") ;;
  --headless) headless=yes ;;
  *) echo "usage: quickstart.sh [--headless]" >&2; exit 2 ;;
esac
if [ $headless = no ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "quickstart.sh: there is no display for the console; run packaging/quickstart.sh --headless" >&2
  exit 2
fi

readonly channels=4 messages=10000
demo=$(mktemp -d "${TMPDIR:-/tmp}/mtpool-demo.XXXXXX")
socket=$demo/mtpool.sock
simulator='' engine='' console=''

say() { printf '\n== %s\n' "$*"; }

fail() {
  echo "quickstart.sh: $*" >&2
  exit 1
}

running() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# end_of PID: waits half a minute for a process that was asked to stop, then insists. Its exit code.
end_of() {
  local pid=$1 waited=0
  while running "$pid" && [ $waited -lt 300 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null
}

stop() {
  if [ -n "$1" ]; then
    kill -TERM "$1" 2>/dev/null || true
    end_of "$1"
  fi
}

finish() {
  local code=$?
  trap - EXIT INT TERM
  stop "$console" || true
  stop "$engine" || true
  stop "$simulator" || true
  if [ $code != 0 ]; then
    echo "quickstart.sh: failed; the logs are in $demo" >&2
    tail -n 5 "$demo"/*.log 2>/dev/null >&2 || true
  fi
  exit $code
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The programs see nothing of this shell's settings, so a variable set for a real engine can't reach the demonstration.
clean=(env -i "PATH=$PATH" "HOME=$demo" "TERM=${TERM:-dumb}" LC_ALL=C.UTF-8)
ctl() { "${clean[@]}" build/bin/mtpoolctl --socket "$socket" "$@"; }

build() {
  local packages=--minimal gui=OFF programs=(mtpoold mtpoolctl mtpool-simdc)
  if [ $headless = no ]; then
    packages=--console gui=ON
    programs+=(mtpool-console)
  fi
  packaging/deps.sh $packages
  # Where somebody has built already, their choices stay.
  if [ ! -f build/CMakeCache.txt ]; then
    cmake --preset release -DMTPOOL_TESTS=OFF -DMTPOOL_BENCH=OFF -DMTPOOL_GUI=$gui
  elif [ $headless = no ]; then
    cmake --preset release -DMTPOOL_GUI=ON
  fi
  cmake --build build --parallel "$(nproc)" --target "${programs[@]}"
}

# Three loopback ports that nobody listens on now.
free_ports() {
  python3 -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(one.getsockname()[1] for one in held))'
}

# await WHAT PID COMMAND…: until the command succeeds, a minute at most and not after the process has ended.
await() {
  local what=$1 pid=$2 waited=0
  shift 2
  until "$@" >/dev/null 2>&1; do
    running "$pid" || fail "$what ended at once"
    [ $waited -lt 600 ] || fail "$what is not ready after a minute"
    sleep 0.1
    waited=$((waited + 1))
  done
}

# The first line the simulator prints says where it listens; as MTPROTO_DC_LIST wants it.
data_centres() {
  python3 -c '
import json, sys
print(",".join(f"{dc}={place}" for dc, place in json.loads(sys.stdin.readline())["listening"].items()))' <"$demo/simulator.json"
}

start_simulator() {
  "${clean[@]}" build/bin/mtpool-simdc --listen 1=127.0.0.1:0,2=127.0.0.1:0,4=127.0.0.1:0 --seed 1 --channels $channels \
    --messages $messages --key-out "$demo/server.pem" --ledger "$demo/ledger.ndjson" \
    >"$demo/simulator.json" 2>"$demo/simulator.log" &
  simulator=$!
  await "the simulated Telegram" $simulator data_centres
}

# The limits are wide open because the data centres are our own.
write_settings() {
  local ports
  read -r -a ports <<<"$(free_ports)"
  (umask 077 && cat >"$demo/mtpool.env") <<SETTINGS
ENVIRONMENT=development
TELEGRAM_API_ID=1
TELEGRAM_API_HASH=0123456789abcdef0123456789abcdef
MTPROTO_DC_LIST=$(data_centres)
MTPROTO_SERVER_KEYS="$demo/server.pem"
MTPROTO_POOL_ENABLED=true
MTPROTO_RPS_PER_ACCOUNT=100000
MTPROTO_GLOBAL_RPS=100000
MTPROTO_HISTORY_LIMIT_PER_RUN=1000000
MTPOOL_STATE_DIR="$demo/state"
MTPOOL_SOCKET="$socket"
DATABASE_URL="sqlite:$demo/mtpool.db"
HEALTH_BIND=127.0.0.1:${ports[0]}
ADMIN_BIND=127.0.0.1:${ports[1]}
PROMETHEUS_PORT=${ports[2]}
SETTINGS
}

start_engine() {
  "${clean[@]}" build/bin/mtpoold --config "$demo/mtpool.env" >"$demo/engine.log" 2>&1 &
  engine=$!
  await "the engine" $engine ctl status
}

# Secrets go through files, as they should with real accounts.
add_accounts() {
  (umask 077 && echo rehearsal >"$demo/password" && echo 110201543:demonstration >"$demo/bot-token")
  ctl account add anna --phone +79990000001 --code 12345
  ctl account add boris --phone +79990000002 --code 12345
  ctl account add vera --phone +79990010000 --code 12345 --password-file "$demo/password"
  ctl account add herald --bot-token-file "$demo/bot-token"
  rm -f "$demo/password" "$demo/bot-token"
}

add_targets() {
  local number
  for number in $(seq $channels); do
    ctl target add "@simch$number"
  done
}

# Both must have stopped: the simulator writes the truth about its channels when it ends.
prove() {
  python3 tests/ledger_check.py "$demo/ledger.ndjson" "$demo/mtpool.db"
  local report
  report=$(tail -n 1 "$demo/simulator.json")
  case "$report" in
    *'"violations":0,"deviations":0,'*) echo "violations of the protocol: 0, deviations: 0" ;;
    *) fail "the simulated Telegram complains: $report" ;;
  esac
}

say "building"
build

say "starting a simulated Telegram with $channels channels of $messages messages, and the engine"
start_simulator
write_settings
start_engine

say "logging in three users and a bot"
add_accounts
add_targets
if [ $headless = no ]; then
  build/bin/mtpool-console --socket "$socket" >"$demo/console.log" 2>&1 &
  console=$!
fi

say "collecting"
ctl collect --wait
ctl status
if [ $headless = no ]; then
  say "the console shows it; close it to end the demonstration"
  wait "$console" || fail "the console ended with $?"
  console=''
fi

say "stopping, and holding the database against what was served"
ctl shutdown
end_of "$engine" || fail "the engine did not stop in order"
engine=''
stop "$simulator" || fail "the simulated Telegram did not stop in order"
simulator=''
prove

say "done; nothing runs on. The database is $demo/mtpool.db"
echo "look into it:   sqlite3 $demo/mtpool.db 'SELECT chat_id, count(*) FROM messages GROUP BY 1'"
echo "throw it away:  rm -r $demo"
