"""Runs a command in a terminal of its own, types what an officer types first, and ends it: watch.py COMMAND..."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

# Up and down a pane, through the panes, a pupil found and opened, somebody late, the keys' own page, a pane at full size.
KEYS = [*"jjjjjj", *"kkk", "\t", "j", "\t", "j", "\t", " ", "\x1b", *"/ami", "\x1b", "\r", "\x1b", *"lkha", "\x1b", *"Gg?", "\x1b", *"++"]
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


def main() -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execvp(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    count = 0
    for _ in range(OPENING):
        count += (came := drawn(terminal, ANSWERED))
        if count >= SCREEN and not came:
            break
    else:
        sys.exit("The screen did not open.")
    for key in KEYS:
        os.write(terminal, key.encode())
        drawn(terminal, ANSWERED)
    os.kill(pid, signal.SIGTERM)
    drawn(terminal, ANSWERED)
    os.waitpid(pid, 0)


main()
