#!/bin/sh
# Cleans up after a control plane, however its harness ends. It is started in a session of its own with the control plane's folder as
# argument and reads process ids from standard input, one per line. When that input ends, because the harness stopped, failed or was
# killed, it ends those processes and removes the folder.
trap '' INT TERM HUP
pids=
while read -r pid; do pids="$pids $pid"; done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
# A killed process is gone a moment later; the bound is for machines where nothing collects orphans.
for pid in $pids; do
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 50 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
done
rm -rf "$1"
