// This machine as the workflow sees it: its programs, and a runner that starts them. Whoever holds one may start programs,
// so each side hands it out in one place: the client with trust, the command line for a command that needs it.
import type { Machine, Surroundings } from '../../workflow/tool';
import { lockBuild } from './build-lock';
import { findProgram, isProgram } from './find-program';
import type { SearchPlace } from './find-program';
import { SpawnRunner } from './spawn-runner';

/** @param place where to look for programs */
export function machineAt(place: SearchPlace): Machine {
  return {
    runner: new SpawnRunner(),
    surroundings: place,
    findProgram: (name) => findProgram(name, place),
    isProgram,
    lockBuild,
  };
}

export function thisMachine(): Machine {
  const place: Surroundings = { env: process.env, platform: process.platform };
  return machineAt(place);
}
