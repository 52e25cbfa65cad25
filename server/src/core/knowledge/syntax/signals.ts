// Signal names that STOPSIGNAL takes on Linux, and what programs usually do on each.

export const signals: ReadonlyMap<string, string> = new Map([
  ['SIGTERM', 'Asks to end; what docker stop sends without STOPSIGNAL'],
  ['SIGINT', 'Interrupt, as Ctrl+C'],
  ['SIGQUIT', 'Quit; nginx and PHP-FPM finish their requests first'],
  ['SIGHUP', 'Hang-up; many daemons read their configuration again'],
  ['SIGKILL', 'Ends at once; cannot be caught'],
  ['SIGUSR1', 'Defined by the program'],
  ['SIGUSR2', 'Defined by the program'],
  ['SIGWINCH', 'Window size; Apache httpd finishes its requests and ends'],
  ['SIGABRT', 'Abort, with a core dump'],
  ['SIGALRM', 'Alarm clock'],
  ['SIGCONT', 'Continue when stopped'],
  ['SIGPIPE', 'Write to a pipe nobody reads'],
  ['SIGSTOP', 'Stops the process; cannot be caught'],
  ['SIGPWR', 'Power failure'],
  ['SIGRTMIN+3', 'Halt; what systemd as process 1 wants'],
]);
