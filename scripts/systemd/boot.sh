#!/bin/sh
# boot.sh FOLDER SYSTEM PREPARE ARGUMENTS...: boots systemd over a copy-on-write view of the file system SYSTEM, which may be that of
# this machine (/). PREPARE is called with the view, FOLDER and ARGUMENTS before, and puts the units of the trial there.
set -e
if [ "$INSIDE" != yes ]; then
  # A control group of its own, which becomes the root of what it sees.
  for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/devices /sys/fs/cgroup/unified /sys/fs/cgroup; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    mkdir -p "$hierarchy/inkcast-trial-$$"
    echo $$ > "$hierarchy/inkcast-trial-$$/cgroup.procs"
  done
  INSIDE=yes exec unshare --mount --pid --fork --uts --ipc --cgroup --net --kill-child --propagation private \
    sh "$0" "$@"
fi
FOLDER=$1 SYSTEM=$2 PREPARE=$3 ROOT=$1/fs/root
shift 3
mount -t tmpfs tmpfs "$FOLDER/fs"
mkdir "$FOLDER/fs/upper" "$FOLDER/fs/work" "$ROOT"
mount -t overlay overlay -o "lowerdir=$SYSTEM,upperdir=$FOLDER/fs/upper,workdir=$FOLDER/fs/work" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount -t sysfs -o ro sysfs "$ROOT/sys"
# Since version 256, systemd takes control groups of version 2 only.
if [ -e /sys/fs/cgroup/systemd ] && [ "$SYSTEM" = / ]; then
  mount -t tmpfs tmpfs "$ROOT/sys/fs/cgroup"
  mkdir "$ROOT/sys/fs/cgroup/systemd" "$ROOT/sys/fs/cgroup/devices"
  mount -t cgroup -o none,name=systemd,xattr cgroup "$ROOT/sys/fs/cgroup/systemd"
  mount -t cgroup -o devices cgroup "$ROOT/sys/fs/cgroup/devices"
else
  mount -t cgroup2 cgroup2 "$ROOT/sys/fs/cgroup"
fi
mount -t tmpfs -o mode=755 tmpfs "$ROOT/dev"
for device in null zero full random urandom tty; do
  touch "$ROOT/dev/$device"
  mount --bind "/dev/$device" "$ROOT/dev/$device"
done
mkdir "$ROOT/dev/pts" "$ROOT/dev/shm"
ln -s pts/ptmx "$ROOT/dev/ptmx"
ln -s /proc/self/fd "$ROOT/dev/fd"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$ROOT/dev/pts"
mount -t tmpfs tmpfs "$ROOT/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$ROOT/run"
mkdir "$ROOT/run/out"
mount --bind "$FOLDER/out" "$ROOT/run/out"

: > "$ROOT/etc/machine-id"
sh "$PREPARE" "$ROOT" "$FOLDER" "$@"

cd "$ROOT"
mkdir oldroot
pivot_root . oldroot
umount -l /oldroot
mount --make-rshared /
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  chroot . /lib/systemd/systemd --unit=trial.target --log-target=console --show-status=no
