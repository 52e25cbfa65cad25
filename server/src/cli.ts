#!/usr/bin/env node
// The command `drydock`: takes arguments, prints findings, and ends with an exit status for CI.
import { commands } from './cli/commands/commands';
import { dispatch } from './cli/dispatch';
import { exitStatus } from './cli/outcome';
import { processTerminal } from './cli/terminal';

void dispatch(process.argv.slice(2), commands, processTerminal).then((outcome) => {
  process.exitCode = exitStatus(outcome);
});
