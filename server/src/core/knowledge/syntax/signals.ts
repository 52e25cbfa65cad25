// Signal names for STOPSIGNAL on Linux, and the usual reaction of programs.

export const signals: ReadonlyMap<string, string> = new Map([
  ['SIGTERM', 'Asks the process to end; docker stop sends it by default'],
  ['SIGINT', 'Interrupt, like Ctrl+C'],
  ['SIGQUIT', 'Quit; nginx and PHP-FPM finish their requests first'],
  ['SIGHUP', 'Hang-up; many daemons reload their configuration'],
  ['SIGKILL', 'Ends the process at once; cannot be caught'],
  ['SIGUSR1', 'Defined by the program'],
  ['SIGUSR2', 'Defined by the program'],
  ['SIGWINCH', 'Window size changed; Apache httpd finishes its requests and ends'],
  ['SIGABRT', 'Abort, with a core dump'],
  ['SIGALRM', 'Alarm clock'],
  ['SIGCONT', 'Continues a stopped process'],
  ['SIGPIPE', 'Write to a pipe without a reader'],
  ['SIGSTOP', 'Stops the process; cannot be caught'],
  ['SIGPWR', 'Power failure'],
  ['SIGRTMIN+3', 'Halt; systemd as process 1 needs it'],
]);
