"""Runs a command in a terminal of its own, types what an officer types, and ends it: watch.py opening|morning COMMAND..."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

# Up and down a pane, and through the panes.
OPENING_KEYS = [*"jjjjjj", *"kkk", "\t", "j", "\t", "j", "\t"]
# Besides: a call card, a register, a late; a pupil found and opened, somebody late, what a parent said; checks, the hand-over, the board; the
# keys' own page, a pane at full size, another size of the terminal, the day before.
RESIZED = "another size"
MORNING_KEYS = [
    *OPENING_KEYS,
    *["2", "\r", "\x1b", "1", "\r", "\x1b", "3", "s", "\x1b", "2", " ", "\x1b"],
    *[*"/ami", "\r", "\x1b", *"lkha", "\x1b", *"iami", "\x1b", "x", "\x1b", "h", "\x1b", "B", "\x1b"],
    *[*"Gg?", "\x1b", *"++", RESIZED, "<", "="],
]
# The program may run fifty times slower than usual: seconds of silence after which a key is answered, how many of them the first screen may
# take, and the least bytes that it has.
ANSWERED, OPENING, SCREEN = 2.0, 150, 2000


def drawn(terminal: int, silence: float) -> int:
    """Reads until nothing has come for so long: how many bytes came."""
    count = 0
    while select.select([terminal], [], [], silence)[0]:
        try:
            count += len(os.read(terminal, 65536))
        except OSError:
            break
    return count


def size(terminal: int, lines: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def main() -> None:
    which, command = sys.argv[1], sys.argv[2:]
    keys = {"opening": OPENING_KEYS, "morning": MORNING_KEYS}[which]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execvp(command[0], command)
    size(terminal, 40, 120)
    count = 0
    for _ in range(OPENING):
        count += (came := drawn(terminal, ANSWERED))
        if count >= SCREEN and not came:
            break
    else:
        sys.exit("The screen did not open.")
    for key in keys:
        if key == RESIZED:
            size(terminal, 24, 80)
        else:
            os.write(terminal, key.encode())
        drawn(terminal, ANSWERED)
    os.kill(pid, signal.SIGTERM)
    drawn(terminal, ANSWERED)
    os.waitpid(pid, 0)


main()
