/**
 * The code of a system error, such as ENOENT. It looks at the shape and not at the class: in a test environment with
 * globals of its own, an error of Node itself is no instance of that environment's Error.
 */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
