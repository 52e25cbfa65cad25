// The release whose packages a stage installs, and how sure that is.
import { imageName } from '../../knowledge/images/images';
import { releaseOfTag, releaseOfWords } from '../../knowledge/images/releases';
import type { Release } from '../../knowledge/images/releases';
import type { Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

export interface PackageRelease {
  readonly release: Release;
  /** Whether it is an official image of Docker: for others, the words of the tag or a table by hand say it. */
  readonly official: boolean;
  /** Whether its own tag names the release; else a later image behind the same tag may have another one. */
  readonly named: boolean;
  /** Name of the image, without Docker Hub and without its tag. */
  readonly image: string;
  readonly tag: string | undefined;
}

/** Distributions with packages of their own under the names of Debian's releases, and images made for the archive. */
const others =
  /rasp|rpi|balena|resin|devuan|kali|armhf|armv[67]|osmc|proxmox|(?:^|[/-])eol(?:$|[:/-])|snapshot|archive/;

const references = once(
  (model: Model): ReadonlyMap<Instruction | undefined, string | undefined> =>
    new Map(
      model.images.flatMap(({ via, instruction, resolved }) =>
        via === 'from' ? [[instruction, resolved] as const] : [],
      ),
    ),
);

/** The release of the image at the bottom of a stage; undefined if unknown. */
export function packageRelease(model: Model, stage: Stage): PackageRelease | undefined {
  // An argument chooses among the stages, which may stand on different images.
  if (stage.chain.some(({ parent, from }) => parent && (from?.words[0]?.variables.length ?? 0) > 0))
    return undefined;
  const reference = references(model).get(stage.chain.at(-1)?.from);
  if (reference === undefined) return undefined;
  const { name, tag, official } = imageName(reference);
  const known = stage.base.release;
  const own = tag === undefined ? undefined : releaseOfTag(name, tag);
  if (known) return { release: known, official, named: own !== undefined, image: name, tag };
  // A host in front may be a mirror that has everything.
  const host = name.split('/', 1)[0] ?? '';
  if (official || stage.base.distribution !== undefined || /[.:]/.test(host) || tag === undefined)
    return undefined;
  const named = releaseOfWords(tag) ?? releaseOfName(name);
  // ROS has releases of these names too.
  const isOther = others.test(`${name}:${tag}`) || named?.name === 'kinetic' || named?.name === 'lunar';
  return named && !isOther ? { release: named, official: false, named: true, image: name, tag } : undefined;
}

/** The release that the last part of an image's name ends in: `base-centos7`, `debian-jessie`. */
function releaseOfName(name: string): Release | undefined {
  const last = name.slice(name.lastIndexOf('/') + 1);
  // Those of ROS stand on 16.04.
  return /kinetic|lunar/.test(last) ? undefined : releaseOfWords(last);
}
