#!/usr/bin/env node
// The command `drydock`: takes arguments, prints findings, and ends with an exit status for CI.
import './cli/optimize-later';
import { commands } from './cli/commands/commands';
import { dispatch } from './cli/dispatch';
import { exitStatus } from './cli/outcome';
import { processTerminal } from './cli/terminal';
import { isThread } from './io/processes/threads';

if (isThread) void import('./cli/commands/lint-commands').then(({ serveChecks }) => serveChecks());
else
  void dispatch(process.argv.slice(2), commands, processTerminal).then((outcome) => {
    process.exitCode = exitStatus(outcome);
  });
