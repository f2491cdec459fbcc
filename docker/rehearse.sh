#!/usr/bin/env bash
# Starts a service once, beside a broker and a database of its own, and keeps what its JVM has learnt (an AOT cache, JEP 514):
#   rehearse.sh CARILLON SERVICE CACHE [JVM ARGUMENT...]
# CARILLON is the jar of ./carillon, SERVICE that of the service; PostgreSQL does not run as root.
set -euo pipefail

carillon=$1 service=$2 cache=$3
shift 3
work=$(mktemp -d)
running=()

finish() {
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    kill "${running[i]}" 2>/dev/null || true
    wait "${running[i]}" || true
  done
  rm -rf "$work"
}
trap finish EXIT

# until_true WHAT COMMAND...: for two minutes, while everything that was started still runs.
until_true() {
  local what=$1
  shift
  for _ in {1..600}; do
    if "$@"; then return 0; fi
    for pid in "${running[@]}"; do
      kill -0 "$pid" 2>/dev/null || break 2
    done
    sleep 0.2
  done
  echo "rehearse.sh: $what did not become ready" >&2
  cat "$work"/*.log >&2
  exit 1
}

# In a shell of its own, which ends where the connection is refused.
ready() (
  exec 3<>"/dev/tcp/127.0.0.1/$SERVER_PORT" || exit 1
  printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  grep -q ' 200 ' <&3
) 2>/dev/null

java -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar "$carillon" servers --ephemeral \
  >"$work/variables" 2>"$work/servers.log" &
running+=($!)
until_true "the servers" grep -q '^export SPRING_KAFKA_BOOTSTRAP_SERVERS=' "$work/variables"
# shellcheck disable=SC1091 # written by the line above
. "$work/variables"

export SERVER_ADDRESS=127.0.0.1 SERVER_PORT=${SERVER_PORT:-8080} SMTP_FROM_EMAIL=carillon@example.org
export CARILLON_PUSH_VAPID_SUBJECT=mailto:carillon@example.org CARILLON_ROUTER_INSTANCE=rehearsal
java "$@" -XX:AOTCacheOutput="$cache" -jar "$service" >"$work/service.log" 2>&1 &
rehearsed=$!
running+=("$rehearsed")
until_true "the service" ready
kill "$rehearsed"
wait "$rehearsed" || true
unset 'running[-1]'
[[ -s $cache ]] || {
  echo "rehearse.sh: the service left no cache" >&2
  cat "$work/service.log" >&2
  exit 1
}
