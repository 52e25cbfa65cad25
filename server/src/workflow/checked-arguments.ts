// Names for the images that are built: a sensible one to begin with, and what a builder accepts.

/** One path component: lower-case letters and digits, separated by a dot, one or two underscores, or dashes. */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const HOST = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const NAME = new RegExp(`^(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*(?::[\\w][\\w.-]{0,127})?$`);

/** Whether the text is an image name with or without a tag, as `docker build --tag` takes it. */
export function isImageName(text: string): boolean {
  return text.length <= 255 && NAME.test(text);
}

/**
 * @param folder name of the folder the project lies in
 * @param file name of the Dockerfile
 * @returns `folder:dev`, or `folder-web:dev` for Dockerfile.web and web.Dockerfile. Not `latest`, which hides
 * where an image came from.
 */
export function suggestImageName(folder: string, file: string): string {
  const variant =
    /^(?:docker|container)file[.-](.+)$/i.exec(file) ?? /^(.+)\.(?:docker|container)file$/i.exec(file);
  const parts = [folder, variant?.[1] ?? ''].map(asComponent).filter((part) => part !== '');
  return `${parts.join('-') || 'image'}:dev`;
}

function asComponent(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
