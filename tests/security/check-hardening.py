# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads from the ELF files whether the programs are hardened: TAP on standard output.

Usage: check-hardening.py KIND PROGRAM…     (KIND of build: optimised, plain or sanitized)
"""

import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # pylint: disable=wrong-import-position

KIND = sys.argv[1]
PROGRAMS = sys.argv[2:]

ET_DYN = 3
PT_DYNAMIC, PT_NOTE, PT_GNU_STACK, PT_GNU_RELRO, PT_GNU_PROPERTY = (
    2, 4, 0x6474E551, 0x6474E552, 0x6474E553)
PF_EXECUTE = 1
DT_NULL, DT_STRTAB, DT_BIND_NOW, DT_FLAGS, DT_FLAGS_1 = 0, 5, 24, 30, 0x6FFFFFFB
DF_BIND_NOW, DF_1_NOW, DF_1_PIE = 8, 1, 0x08000000
SHT_DYNSYM = 11
EM_X86_64 = 62
GNU_PROPERTY_X86_FEATURE_1_AND = 0xC0000002
IBT, SHSTK = 1, 2
ENDBR64 = bytes.fromhex("f30f1efa")
# Start files have up to half a dozen of their own.
MIN_MARKS = 50


class Elf:
    """What is asked of a 64-bit little-endian ELF file."""

    def __init__(self, path):
        if KIND == "sanitized":
            raise tap.Skip("a sanitizer brings its own start and its own calls")
        self.data = pathlib.Path(path).read_bytes()
        if self.data[:4] != b"\x7fELF" or self.data[4:6] != b"\x02\x01":
            raise tap.Skip(f"{path} is no 64-bit little-endian ELF file")
        self.kind, self.machine = struct.unpack_from("<HH", self.data, 16)
        segments, sections = struct.unpack_from("<QQ", self.data, 32)
        segment_size, n_segments, section_size, n_sections = struct.unpack_from(
            "<HHHH", self.data, 54)
        self.segments = [struct.unpack_from("<IIQQQQQQ", self.data, segments + i * segment_size)
                         for i in range(n_segments)]
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", self.data, sections + i * section_size)
                         for i in range(n_sections)]

    def segment(self, kind):
        return next((s for s in self.segments if s[0] == kind), None)

    def dynamic(self):
        """The dynamic section as a dictionary."""
        segment = self.segment(PT_DYNAMIC)
        entries = {}
        for offset in range(segment[2], segment[2] + segment[5], 16):
            tag, value = struct.unpack_from("<QQ", self.data, offset)
            if tag == DT_NULL:
                break
            entries[tag] = value
        return entries

    def imports(self):
        """The names of the dynamic symbols."""
        names = set()
        for section in self.sections:
            if section[1] != SHT_DYNSYM:
                continue
            strings = self.sections[section[6]][4]
            for offset in range(section[4], section[4] + section[5], 24):
                begin = strings + struct.unpack_from("<I", self.data, offset)[0]
                names.add(self.data[begin:self.data.index(b"\0", begin)].decode())
        return names

    def x86_features(self):
        """The bits of the GNU property, 0 without one."""
        segment = self.segment(PT_GNU_PROPERTY)
        if segment is None:
            return 0
        name_size, size, _ = struct.unpack_from("<III", self.data, segment[2])
        offset = segment[2] + 12 + (name_size + 3) // 4 * 4
        end = offset + size
        while offset < end:
            kind, length = struct.unpack_from("<II", self.data, offset)
            if kind == GNU_PROPERTY_X86_FEATURE_1_AND:
                return struct.unpack_from("<I", self.data, offset + 8)[0]
            offset += 8 + (length + 7) // 8 * 8
        return 0


def each(check):
    """Runs a check on every program and names those that fail it."""
    wrong = [path for path in PROGRAMS if not check(Elf(path))]
    assert not wrong, wrong


def test_position_independent(_):
    each(lambda elf: elf.kind == ET_DYN and elf.dynamic().get(DT_FLAGS_1, 0) & DF_1_PIE)


def test_relocations_are_read_only(_):
    def full(elf):
        entries = elf.dynamic()
        now = (DT_BIND_NOW in entries or entries.get(DT_FLAGS, 0) & DF_BIND_NOW or
               entries.get(DT_FLAGS_1, 0) & DF_1_NOW)
        return elf.segment(PT_GNU_RELRO) is not None and now
    each(full)


def test_stack_is_not_executable(_):
    def plain(elf):
        stack = elf.segment(PT_GNU_STACK)
        return stack is not None and not stack[1] & PF_EXECUTE
    each(plain)


def test_no_segment_is_writable_and_executable(_):
    each(lambda elf: not any(s[0] == 1 and s[1] & 3 == 3 for s in elf.segments))


def test_stack_protector(_):
    each(lambda elf: "__stack_chk_fail" in elf.imports())


def test_fortified_calls(_):
    """Not every program has a call that can be fortified, and each C library has its own."""
    if KIND == "plain":
        raise tap.Skip("built without optimisation, which FORTIFY needs")
    names = set().union(*(Elf(path).imports() for path in PROGRAMS))
    assert any(name.startswith("__") and name.endswith("_chk") for name in names), sorted(names)


def test_control_flow_protection(_):
    """The functions are marked as targets. Whether the file as a whole is declared so is up to
    the start files of the C library, which not every distribution builds for it."""
    elf = Elf(PROGRAMS[0])
    if elf.machine != EM_X86_64:
        raise tap.Skip("CET is of x86")
    each(lambda elf: elf.data.count(ENDBR64) >= MIN_MARKS)
    if all(Elf(path).x86_features() & (IBT | SHSTK) == 0 for path in PROGRAMS):
        print("# the start files of this system are not declared for CET")
    else:
        each(lambda elf: elf.x86_features() & (IBT | SHSTK) == IBT | SHSTK)


if __name__ == "__main__":
    sys.exit(tap.run(globals()))
