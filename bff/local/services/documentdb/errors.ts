/** What the gateway answers when a command fails: a MongoDB error code, its name and its labels. */

export const ErrorCode = {
  InternalError: 1,
  BadValue: 2,
  UnknownError: 8,
  FailedToParse: 9,
  LockTimeout: 24,
  NamespaceNotFound: 26,
  CursorNotFound: 43,
  MaxTimeMSExpired: 50,
  CommandNotFound: 59,
  WriteConflict: 112,
  TransactionTooOld: 225,
  NoSuchTransaction: 251,
  DuplicateKey: 11000,
} as const

/**
 * SQLSTATE → MongoDB code. States that begin with M are DocumentDB's own, the others PostgreSQL's.
 * Only codes that have a name in MongoDB are listed: the thousands above 10,000 mark single argument checks, and
 * nobody branches on them, so they all become UnknownError.
 */
// biome-ignore format: a table is read by rows
const CODE_OF_SQLSTATE: Readonly<Record<string, number>> = {
  M0000: 1, M0001: 2, M0002: 5, M0003: 9, M0004: 14, M0005: 15, M00DO: 16, M0006: 20, M0007: 23, M00EW: 24,
  M0008: 26, M0009: 27, M000A: 28, M000C: 34, M000D: 40, M000E: 43, M000F: 48, M00EX: 50, M000G: 52, M000H: 53,
  M000I: 54, M000J: 56, M000K: 57, M00EY: 59, M000L: 61, M000M: 66, M000N: 67, M000O: 68, M000P: 72, M000Q: 73,
  M000R: 85, M000S: 86, M000T: 111, M00F1: 112, M000U: 115, M00F2: 117, M00CO: 121, M00EL: 143, M000W: 146,
  M000Y: 165, M000Z: 166, M0010: 167, M0012: 197, M00F4: 201, M0013: 224, M00F5: 225, M0015: 241, M00F6: 251,
  M00F7: 256, M0016: 263, M0017: 276, M0018: 291, M001B: 10334, M001C: 11000, M003A: 17419, M003B: 17420,
  '0A000': 115, 22023: 2, 23505: 11000, '23P01': 11000, '25P02': 251, 40001: 112, '40P01': 112, '42P01': 26,
  53100: 14031, 55000: 112, '55P03': 24, 57014: 50,
}

// biome-ignore format: a table is read by rows
const NAME_OF_CODE: Readonly<Record<number, string>> = {
  1: 'InternalError', 2: 'BadValue', 5: 'GraphContainsCycle', 8: 'UnknownError', 9: 'FailedToParse',
  14: 'TypeMismatch', 15: 'Overflow', 16: 'InvalidLength', 20: 'IllegalOperation', 23: 'AlreadyInitialized',
  24: 'LockTimeout', 26: 'NamespaceNotFound', 27: 'IndexNotFound', 28: 'PathNotViable', 34: 'CannotBackfillArray',
  40: 'ConflictingUpdateOperators', 43: 'CursorNotFound', 48: 'NamespaceExists', 50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName', 56: 'EmptyFieldName', 57: 'DottedFieldName', 59: 'CommandNotFound',
  61: 'ShardKeyNotFound', 66: 'ImmutableField', 67: 'CannotCreateIndex', 68: 'IndexAlreadyExists',
  72: 'InvalidOptions', 73: 'InvalidNamespace', 85: 'IndexOptionsConflict', 86: 'IndexKeySpecsConflict',
  112: 'WriteConflict', 115: 'CommandNotSupported', 117: 'ConflictingOperationInProgress',
  121: 'DocumentValidationFailure', 143: 'CursorInUse', 146: 'ExceededMemoryLimit',
  165: 'ViewDepthLimitExceeded', 166: 'CommandNotSupportedOnView', 167: 'OptionNotSupportedOnView',
  197: 'InvalidIndexSpecificationOption', 201: 'CannotBuildIndexKeys', 224: 'QueryFeatureNotAllowed',
  225: 'TransactionTooOld', 241: 'ConversionFailure', 251: 'NoSuchTransaction', 256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction', 276: 'IndexBuildAborted', 291: 'NoQueryExecutionPlans',
  10334: 'BSONObjectTooLarge', 11000: 'DuplicateKey', 14031: 'OutOfDiskSpace',
}

/** The MongoDB code of an SQLSTATE; what no table lists is UnknownError. */
export function codeOfSqlstate(sqlstate: string): number {
  return CODE_OF_SQLSTATE[sqlstate] ?? ErrorCode.UnknownError
}

/** DocumentDB packs an SQLSTATE into the `code` of a write error: six bits a character, the first one lowest. */
export function unpackSqlstate(packed: number): string {
  let sqlstate = ''
  for (let position = 0; position < 5; position += 1) {
    sqlstate += String.fromCharCode(((packed >> (6 * position)) & 63) + 48)
  }
  return sqlstate
}

export function packSqlstate(sqlstate: string): number {
  return [...sqlstate].reduce((packed, character, position) => {
    return packed | (((character.charCodeAt(0) - 48) & 63) << (6 * position))
  }, 0)
}

export type ErrorLabel = 'TransientTransactionError' | 'UnknownTransactionCommitResult'

/** What MongoDB tells about a duplicate key beside the code. */
export interface DuplicateKeyDetails {
  errmsg: string
  keyPattern?: Record<string, unknown>
  keyValue?: Record<string, unknown>
}

/** A failure whose MongoDB code is known. */
export class CommandError extends Error {
  override readonly name = 'CommandError'

  constructor(
    readonly code: number,
    message: string,
    readonly labels: readonly ErrorLabel[] = [],
    readonly duplicateKey?: DuplicateKeyDetails,
  ) {
    super(message)
  }
}

function stateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

/** True for whatever `pg` throws when the server went away: shut-down states, socket errors, a closed connection. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof CommandError || !(error instanceof Error)) return false
  const state = stateOf(error)
  if (state !== undefined) return /^(57P0|08|ECONN|EPIPE|ETIMEDOUT)/.test(state)
  return /connection (terminated|ended|closed)|not queryable|Connection ended/i.test(error.message)
}

/**
 * A transaction cannot insert into a collection that another one made after its snapshot: it does not see the
 * collection, and fails to make it again. The next attempt sees it. DocumentDB calls this an internal error.
 */
function lostRaceToCreate(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === 'CreateCollectionForInsert'
}

/** Turns what `pg` threw into a CommandError; a bug of ours becomes InternalError. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (lostRaceToCreate(error)) return new CommandError(ErrorCode.WriteConflict, message)
  const state = stateOf(error)
  return new CommandError(state?.length === 5 ? codeOfSqlstate(state) : ErrorCode.InternalError, message)
}

/** What PostgreSQL tells about a broken unique constraint. */
export interface Violation {
  constraint: string
  detail: string
}

export function violationOf(error: unknown): Violation | undefined {
  if (!(error instanceof Error) || !('constraint' in error) || !('detail' in error)) return undefined
  const { constraint, detail } = error
  return typeof constraint === 'string' && typeof detail === 'string' ? { constraint, detail } : undefined
}

export function nameOfCode(code: number): string {
  return NAME_OF_CODE[code] ?? `Location${code}`
}

/** The reply document of a failed command. */
export function errorReply(error: CommandError): Record<string, unknown> {
  const { errmsg, keyPattern, keyValue } = error.duplicateKey ?? { errmsg: error.message }
  return {
    ok: 0,
    errmsg,
    code: error.code,
    codeName: nameOfCode(error.code),
    ...(keyPattern && { keyPattern, keyValue }),
    ...(error.labels.length > 0 && { errorLabels: error.labels }),
  }
}
