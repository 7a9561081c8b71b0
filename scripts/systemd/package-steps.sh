#!/bin/sh
# What is tried with the packaged service under systemd, by a service of it (checks.sh).
. /run/out/checks.sh
explain() {
  systemctl status --no-pager -l inkcast
  journalctl --no-pager -u inkcast | tail -n 20
}
# The broker keeps the newest reading for whoever comes.
arrives() {
  for _ in $(seq 60); do
    mosquitto_sub -h 127.0.0.1 -t 'inkcast/+/reading' -C 1 -W 5 | grep -q '"text":"407"' && return 0
    sleep 0.5
  done
  return 1
}

systemctl --version | head -n 1 | sed 's/^/     /'
check 'the package has started it at boot' is UnitFileState enabled
check 'it is active' is ActiveState active
check 'a reading of the camera arrives at the broker' arrives
check 'it says so' says '^Reading 407; camera ok; broker connected$'
check 'it has no capability' of_process '^CapBnd:.0*$'
check 'it filters system calls' of_process '^Seccomp:.2$'
check 'it has taken over the configuration that was there' linked
kill -KILL "$(value MainPID)"
check 'it is started again when it was killed' restarted
check 'it reads again' says '^Reading 407; camera ok; broker connected$'
check 'it stops within 5 s' stops_in_time
echo done
