// Whatever uses an HTTP client, as one file that is loaded when it is first needed.
export { PackageAccess } from './packages/package-access';
export { RegistryAccess } from './registry/access';
