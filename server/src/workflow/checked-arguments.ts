// Types for the arguments of programs, with one maker each. A text that begins with a dash, or that names another kind of
// source (`sbom:`, `docker-archive:`, `dir:`), does not pass. Parse once, then trust the type.

declare const checked: unique symbol;
type Checked<What extends string> = string & { readonly [checked]: What };

/** The name an image is built under, with or without a tag: `team/app:dev`. */
export type ImageName = Checked<'image name'>;
/** An image of a registry, with or without tag and digest: `debian:12@sha256:…`. */
export type ImageReference = Checked<'image reference'>;
/** The content of an image in a store, without its algorithm: 64 hexadecimal digits. */
export type ImageId = Checked<'image id'>;
/** Absolute. */
export type FolderPath = Checked<'folder path'>;
/** Absolute. */
export type FilePath = Checked<'file path'>;
export type BuildArgName = Checked<'build argument name'>;
/** Name or number of a stage. */
export type StageTarget = Checked<'stage target'>;
/** A port of a container: `8080`, `53/udp`. */
export type PortName = Checked<'port'>;
/** Name under which a RUN mounts a secret or a key. */
export type SecretId = Checked<'secret id'>;
/** Where a secret comes from, as builders take it: `src=/home/me/token`, `env=TOKEN`. */
export type SecretSource = Checked<'secret source'>;
/** `agent`, or the absolute path of a key. */
export type SshSource = Checked<'ssh source'>;
/** `linux/arm64`, `linux/arm/v7`. */
export type PlatformName = Checked<'platform name'>;
/** Where a registry keeps an image, without tag and digest: `registry.example.com/team/app`. */
export type RepositoryName = Checked<'repository name'>;
/** `1.4.0` */
export type TagName = Checked<'tag name'>;
/** `sha256:` and 64 hexadecimal digits. */
export type DigestName = Checked<'digest'>;
/** A user of a container, with or without a group: `1000:1000`. */
export type UserName = Checked<'user'>;
/** An absolute path inside a container. */
export type InsidePath = Checked<'path inside'>;
/** `ALL`, `NET_RAW` */
export type CapabilityName = Checked<'capability'>;
/** A port of this machine and one of a container: `8080:80`. */
export type PortPair = Checked<'port pair'>;
/** One line that stands behind an equals sign: the identity of a signer, the address of an issuer. */
export type PlainText = Checked<'plain text'>;

/** A container by its name or a part of its id: `web`, `3f4e5d6c7b8a`. */
export type ContainerName = Checked<'container name'>;
/** A pod, a namespace, a node or a container of a pod. */
export type KubernetesName = Checked<'kubernetes name'>;
/** A part of a build file, as its tool names it: `./cmd/app`, `//image:load`, `packages.x86_64-linux.image`. */
export type BuildLabel = Checked<'build label'>;
/** A builder of buildx: `default`, `my-builder`. */
export type BuilderName = Checked<'builder name'>;
/** `48h`, `90m`, `1h30m` */
export type DurationText = Checked<'duration'>;
/** What git takes for a commit: `main`, `HEAD~2`, `v1.0^{commit}`. */
export type RevisionName = Checked<'revision'>;
/** A commit or a file in a repository of git: 40 or 64 hexadecimal digits. */
export type GitObjectId = Checked<'git object id'>;

/** One path component: lower-case letters and digits, separated by a dot, one or two underscores, or dashes. */
const component = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const host = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const repository = `(?:${host}/)?${component}(?:/${component})*`;
const repositoryPattern = new RegExp(`^${repository}$`);
const imageNamePattern = new RegExp(`^${repository}(?::[\\w][\\w.-]{0,127})?$`);

/** @returns the text as `docker build --tag` takes it, or undefined */
export function imageName(text: string): ImageName | undefined {
  return text.length <= 255 && imageNamePattern.test(text) ? (text as ImageName) : undefined;
}

const referencePattern = /^\w[\w.-]*(?::\d+)?(?:\/\w[\w.-]*)*(?::\w[\w.-]{0,127})?(?:@[\w+.]+:[0-9a-f]+)?$/;

/**
 * @param text from a Dockerfile, which anybody may have written
 * @returns a name that an image of a registry can have, or undefined
 */
export function imageReference(text: string): ImageReference | undefined {
  return text.length <= 1024 && referencePattern.test(text) ? (text as ImageReference) : undefined;
}

/** @param text with or without `sha256:` @returns undefined for the short form, which may mean several */
export function imageId(text: string): ImageId | undefined {
  return /^(?:sha256:)?[0-9a-f]{64}$/.test(text) ? (text.slice(-64) as ImageId) : undefined;
}

export function repositoryName(text: string): RepositoryName | undefined {
  return text.length <= 255 && repositoryPattern.test(text) ? (text as RepositoryName) : undefined;
}

export function tagName(text: string): TagName | undefined {
  return /^\w[\w.-]{0,127}$/.test(text) ? (text as TagName) : undefined;
}

export function digestName(text: string): DigestName | undefined {
  return /^sha256:[0-9a-f]{64}$/.test(text) ? (text as DigestName) : undefined;
}

export function userName(text: string): UserName | undefined {
  return /^\w[\w.-]*(?::\w[\w.-]*)?$/.test(text) ? (text as UserName) : undefined;
}

/** Without a colon and a comma, at which engines split options. */
export function insidePath(text: string): InsidePath | undefined {
  return /^\/[^\p{Cc}:,]*$/u.test(text) ? (text as InsidePath) : undefined;
}

export function capabilityName(text: string): CapabilityName | undefined {
  return /^[A-Za-z_]+$/.test(text) ? (text as CapabilityName) : undefined;
}

/** @param text `80` stands for `80:80` */
export function portPair(text: string): PortPair | undefined {
  const [outside = '', inside = outside.replace(/\/.*/, ''), ...more] = text.split(':');
  const target = portName(text.includes(':') ? inside : text);
  const number = portName(outside.replace(/\/.*/, ''));
  return target === undefined || number === undefined || more.length > 0
    ? undefined
    : (`${number}:${target}` as PortPair);
}

export function plainText(text: string): PlainText | undefined {
  return /^[^\p{Cc}-][^\p{Cc}]*$/u.test(text) ? (text as PlainText) : undefined;
}

/** An image in its registry, by its tag. */
export function tagged(repository: RepositoryName, tag: TagName): ImageName {
  return `${repository}:${tag}` as ImageName;
}

/** An image in its registry, by its content: what a tag names may change. */
export function byDigest(repository: RepositoryName, digest: DigestName): ImageReference {
  return `${repository}@${digest}` as ImageReference;
}

/** The parts of a name. A colon that a slash follows belongs to the port of the registry. */
export function partsOf(image: ImageName | ImageReference): {
  readonly repository: RepositoryName;
  readonly tag: TagName | undefined;
  readonly digest: DigestName | undefined;
} {
  const [name = '', digest = ''] = image.split('@', 2);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = colon < 0 ? name : name.slice(0, colon);
  return {
    repository: repository as RepositoryName,
    tag: colon < 0 ? undefined : tagName(name.slice(colon + 1)),
    digest: digestName(digest),
  };
}

const absolute = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

export function folderPath(text: string): FolderPath | undefined {
  return isAbsolutePath(text) ? (text as FolderPath) : undefined;
}

export function filePath(text: string): FilePath | undefined {
  return isAbsolutePath(text) ? (text as FilePath) : undefined;
}

/** @param name a plain file name of ours */
export function fileIn(folder: FolderPath, name: string): FilePath {
  const separator = folder.startsWith('/') ? '/' : '\\';
  return `${folder}${separator}${name}` as FilePath;
}

/** A file system holds no zero character, and a program would see the text end there. */
function isAbsolutePath(text: string): boolean {
  return absolute.test(text) && !text.includes('\0');
}

export function buildArgName(text: string): BuildArgName | undefined {
  return /^[^\s=\0-][^\s=\0]*$/.test(text) ? (text as BuildArgName) : undefined;
}

export function stageTarget(text: string): StageTarget | undefined {
  return /^[A-Za-z0-9][\w.-]*$/.test(text) ? (text as StageTarget) : undefined;
}

export function portName(text: string): PortName | undefined {
  return /^[1-9]\d{0,4}(?:\/(?:tcp|udp|sctp))?$/.test(text) ? (text as PortName) : undefined;
}

export function secretId(text: string): SecretId | undefined {
  return /^[A-Za-z0-9_][\w.-]*$/.test(text) ? (text as SecretId) : undefined;
}

/** @param text `env=NAME`, or `src=` and an absolute path, which builders split at commas and quotes */
export function secretSource(text: string): SecretSource | undefined {
  const [, kind, value = ''] = /^(env|src)=(.*)$/s.exec(text) ?? [];
  const isFine = kind === 'env' ? /^[A-Za-z_]\w*$/.test(value) : isPlainPath(value);
  return kind !== undefined && isFine ? (text as SecretSource) : undefined;
}

export function sshSource(text: string): SshSource | undefined {
  return text === 'agent' || isPlainPath(text) ? (text as SshSource) : undefined;
}

function isPlainPath(text: string): boolean {
  return isAbsolutePath(text) && !/[",\r\n]/.test(text);
}

export function builderName(text: string): BuilderName | undefined {
  return /^[A-Za-z0-9][\w.-]*$/.test(text) ? (text as BuilderName) : undefined;
}

export function containerName(text: string): ContainerName | undefined {
  return /^[A-Za-z0-9][\w.-]{0,254}$/.test(text) ? (text as ContainerName) : undefined;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function kubernetesName(text: string): KubernetesName | undefined {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(text) ? (text as KubernetesName) : undefined;
}

export function buildLabel(text: string): BuildLabel | undefined {
  return /^[\w./:@+~][\w./:@+~-]*$/.test(text) ? (text as BuildLabel) : undefined;
}

export function durationText(text: string): DurationText | undefined {
  return /^(?:\d{1,6}[hms]){1,3}$/.test(text) ? (text as DurationText) : undefined;
}

export function platformName(text: string): PlatformName | undefined {
  return /^[A-Za-z0-9_]+(?:\([\w.+-]+\))?(?:\/[\w.-]+){0,2}$/.test(text) ? (text as PlatformName) : undefined;
}

/** Git itself says whether there is such a revision. */
export function revisionName(text: string): RevisionName | undefined {
  return text !== '' && text.length <= 1024 && !/^-|[\s\p{Cc}]/u.test(text)
    ? (text as RevisionName)
    : undefined;
}

export function gitObjectId(text: string): GitObjectId | undefined {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? (text as GitObjectId) : undefined;
}

/**
 * @param folder name of the folder the project lies in
 * @param file name of the Dockerfile
 * @returns `folder:dev`, or `folder-web:dev` for Dockerfile.web and web.Dockerfile. Not `latest`, which hides
 * where an image came from.
 */
export function suggestImageName(folder: string, file: string): ImageName {
  const variant =
    /^(?:docker|container)file[.-](.+)$/i.exec(file) ?? /^(.+)\.(?:docker|container)file$/i.exec(file);
  const parts = [folder, variant?.[1] ?? ''].map(asComponent).filter((part) => part !== '');
  return `${parts.join('-') || 'image'}:dev` as ImageName;
}

function asComponent(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '');
}
