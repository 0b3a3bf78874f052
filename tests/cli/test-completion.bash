#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What bash proposes after a few beginnings, and that the man page is whole.
# usage: test-completion.bash COMPLETION PROGRAM MAN_PAGE
set -u
completion=$1
program=$2
page=$3
failed=0
compopt () { :; } # only works while a person completes
source "$completion"

# expect "PROPOSED" WORD...: PROPOSED is among what completes the words.
expect () {
  local wanted=$1
  shift
  COMP_WORDS=("$program" "$@")
  COMP_CWORD=$#
  _threadmill_cli
  case " ${COMPREPLY[*]:-} " in
  *" $wanted "*) return ;;
  esac
  printf 'after "%s" there is no "%s" in: %s\n' "$*" "$wanted" "${COMPREPLY[*]:-}" >&2
  failed=1
}

expect run r
expect compare comp
expect --models= run --mod
expect --quiet run --q
expect first run --preset fir
expect first run --preset = fir
expect thread-pool: run --models thread
expect sync,main-loop: run --models sync,main
expect timeline chart --kind time
expect time= run --chart ti
expect no run --keep-alive n
expect json run --after = js
expect presets list pre

# The page names every command and option, and is without a fault of its language.
for word in $("$program" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p') $("$program" run --help | sed -n 's/^  \(--[a-z0-9-]*\).*/\1/p'); do
  sed 's/\\-/-/g' "$page" | grep -q -e "$word" || { printf 'the man page lacks %s\n' "$word" >&2; failed=1; }
done
if command -v groff >/dev/null; then
  faults=$(groff -man -Kutf8 -ww -z "$page" 2>&1)
  [ -z "$faults" ] || { printf '%s\n' "$faults" >&2; failed=1; }
fi
exit $failed
