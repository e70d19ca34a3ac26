/** Whether a folder is this user's own and nobody else may write to it; what lies in another one says nothing. */
export const isOwnFolder = ({ uid, mode }: { readonly uid: bigint; readonly mode: bigint }): boolean =>
  uid === BigInt(process.getuid?.() ?? uid) && (mode & 0o022n) === 0n;
