#!/bin/sh
# prepare-package.sh ROOT FOLDER: leaves the packaged service as apt has installed it, and gives it a camera. For boot.sh.
set -e
ROOT=$1 FOLDER=$2
UNITS=$ROOT/etc/systemd/system
cp "$FOLDER/inkcast.yaml" "$ROOT/etc/inkcast/inkcast.yaml"
# The stand-in for a Pi's camera writes the same frame again and again, five times in a second.
printf '#!/bin/sh\nwhile cat /run/out/frame.yuv; do sleep 0.2; done\n' > "$ROOT/usr/bin/rpicam-vid"
chmod 755 "$ROOT/usr/bin/rpicam-vid"
printf '[Unit]\nAfter=multi-user.target\n[Service]\nType=oneshot\nExecStart=/bin/sh /run/out/steps.sh\n%s\n%s\n' \
  'StandardOutput=append:/run/out/trial.log' 'ExecStopPost=/bin/systemctl exit' > "$UNITS/trial.service"
printf '[Unit]\nRequires=multi-user.target trial.service\nAllowIsolate=yes\n' > "$UNITS/trial.target"
