// Stands in for the native module that ends an extension host whose parent has gone. Our server ends its
// whole process group itself.
export function start() {}
