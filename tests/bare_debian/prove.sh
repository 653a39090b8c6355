#!/bin/sh
# Proves on a bare Debian 12 that one command is enough. As root, with debootstrap and the network:
#
#     tests/bare_debian/prove.sh [BASE]
#
# BASE is a folder that debootstrap filled before; without it a new one is made. What this computer needs
# to reach its package registries (certificates, proxies, mirrors) is carried in from outside.
set -eu

clone=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
bare=$(mktemp -d)

main() {
    [ "$(id -u)" -eq 0 ] || { echo "prove.sh must be started as root" >&2; exit 2; }
    trap clean EXIT
    trap 'exit 130' INT TERM
    make_root "${1-}"
    carry_network
    copy_clone
    echo "bare Debian $(cat "$bare/etc/debian_version"), without: $(absent git curl node sudo python3)"
    for which in first second; do
        seconds=$(seconds_to_first_page)
        echo "$which start: $seconds s to the first page"
        stop_up
    done
    started=$(date +%s)
    (inside ./tryggve test)
    echo "test: $(($(date +%s) - started)) s with its own set-up"
}

make_root() {
    if [ -n "$1" ]; then cp -a "$1/." "$bare/"; else debootstrap --variant=minbase bookworm "$bare"; fi
    mount -t proc proc "$bare/proc"
    mkdir -p "$bare/dev/shm"
    mount -t tmpfs tmpfs "$bare/dev/shm"
    mkdir -p "$bare/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$bare/dev/pts" # terminals, as every real system has them
    ln -sf pts/ptmx "$bare/dev/ptmx"
}

carry_network() {
    cp /etc/resolv.conf "$bare/etc/"
    echo "127.0.0.1 localhost" >"$bare/etc/hosts" # as an installer does
    for path in /usr/local/share/ca-certificates/*.crt /etc/pip.conf /etc/apt/sources.list.d/*.sources \
        /etc/apt/apt.conf.d/*proxy*; do
        [ ! -f "$path" ] || { mkdir -p "$bare$(dirname "$path")" && cp "$path" "$bare$path"; }
    done
    [ ! -s /etc/apt/sources.list.d/debian.sources ] || : >"$bare/etc/apt/sources.list"
}

copy_clone() {
    mkdir "$bare/clone"
    tar -C "$clone" --exclude=./.venv --exclude=./.git --exclude=__pycache__ --exclude=node_modules \
        --exclude=_built --exclude='./.*_cache' -cf - . | tar -C "$bare/clone" --no-same-owner -xf -
}

inside() { # in place of this shell, with an environment of its own, but for what the network needs
    for name in http_proxy https_proxy no_proxy PIP_CERT PIP_INDEX_URL PIP_DEFAULT_TIMEOUT NODE_EXTRA_CA_CERTS \
        SSL_CERT_FILE; do
        value=$(printenv "$name") || continue
        set -- "$name=$value" "$@"
    done
    exec chroot "$bare" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin CI="${CI-}" \
        sh -c 'cd /clone && exec env "$@"' sh "$@"
}

absent() {
    for name in "$@"; do
        chroot "$bare" sh -c "command -v $name" >/dev/null || printf '%s ' "$name"
    done
}

seconds_to_first_page() {
    started=$(date +%s%N)
    inside ./tryggve up --port 18473 >"$bare/up.log" 2>&1 </dev/null &
    echo "$!" >"$bare/up.pid"
    until answers; do
        kill -0 "$(cat "$bare/up.pid")" 2>/dev/null || { cat "$bare/up.log" >&2; exit 1; }
        [ "$(date +%s%N)" -lt "$((started + 300000000000))" ] || { cat "$bare/up.log" >&2; exit 1; }
        sleep 0.1
    done
    awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $started) / 1e9 }"
}

page_program='
import sys, urllib.request
page = urllib.request.urlopen(sys.argv[1], timeout=10)
sys.exit(page.status != 200 or b"<html" not in page.read())
'

answers() { # asks for the address that up printed
    address=$(grep -o -m 1 'http://[^ ]*' "$bare/up.log") || return 1
    chroot "$bare" python3 -c "$page_program" "$address" 2>/dev/null
}

stop_up() {
    [ -s "$bare/up.pid" ] || return 0
    kill -TERM "$(cat "$bare/up.pid")" 2>/dev/null || true
    while kill -0 "$(cat "$bare/up.pid")" 2>/dev/null; do sleep 0.1; done
    rm "$bare/up.pid"
}

clean() {
    stop_up
    umount "$bare/dev/pts" "$bare/dev/shm" "$bare/proc" 2>/dev/null || true
    rm -rf --one-file-system "$bare"
}

main "$@"
