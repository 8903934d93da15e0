import type { Document } from 'bson'
import { administrationCommands, unknownCommand } from './administration-commands'
import type { Command } from './command'
import { describeViolation } from './duplicate-key'
import { CommandError, ErrorCode, isConnectionLost, toCommandError, violationOf } from './errors'
import type { CommandTable, GatewayState } from './execution'
import { readCommands } from './read-commands'
import { sessionCommands } from './session-commands'
import { mayBeUpsertRace, writeCommands } from './write-commands'

const commands: CommandTable = { ...readCommands, ...writeCommands, ...administrationCommands }

/** MongoDB runs a single write again for as long as it conflicts; here it ends once a client has surely given up. */
const CONFLICT_RETRY_MS = 60_000
const LONGEST_PAUSE_MS = 50

/**
 * Runs a command.
 * @param usedBy stands for the client connection
 * @throws CommandError, or what `pg` throws when PostgreSQL went away
 */
export async function dispatch(
  command: Command,
  gateway: GatewayState,
  usedBy: object,
): Promise<Document | Buffer> {
  const sessionCommand = sessionCommands[command.name]
  if (sessionCommand) return sessionCommand(command, gateway)
  if (!commands[command.name]) throw unknownCommand(command.spelledName)
  return command.isInTransaction ? runInTransaction(command, gateway, usedBy) : runAlone(command, gateway)
}

async function runInTransaction(
  command: Command,
  gateway: GatewayState,
  usedBy: object,
): Promise<Document | Buffer> {
  const transaction = await gateway.transactions.of(command, usedBy)
  try {
    const client = await transaction.client
    const execution = { command, client, transaction, gateway, attempt: 0 }
    return await gateway.postgres.withTimeLimit(client, command.maxTimeMs, () =>
      handlerOf(command)(execution),
    )
  } catch (error) {
    await gateway.transactions.rollBack(transaction)
    if (isConnectionLost(error)) throw error
    throw asTransactionError(await explained(error, command, gateway))
  }
}

function asTransactionError(error: CommandError): CommandError {
  const code = error.code === ErrorCode.LockTimeout ? ErrorCode.WriteConflict : error.code
  const isTransient = code === ErrorCode.WriteConflict || code === ErrorCode.NoSuchTransaction
  return new CommandError(
    code,
    error.message,
    isTransient ? ['TransientTransactionError'] : [],
    error.duplicateKey,
  )
}

async function runAlone(command: Command, gateway: GatewayState): Promise<Document | Buffer> {
  const until = Date.now() + (command.maxTimeMs > 0 ? command.maxTimeMs : CONFLICT_RETRY_MS)
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptAlone(command, gateway, attempt, Math.max(1, until - Date.now()))
    } catch (error) {
      if (isConnectionLost(error)) throw error
      const failure = toCommandError(error)
      if (!isWorthAnotherAttempt(failure, command, attempt)) throw await explained(error, command, gateway)
      if (Date.now() >= until) throw command.maxTimeMs > 0 ? outOfTime() : failure
      await pause(attempt)
    }
  }
}

function attemptAlone(command: Command, gateway: GatewayState, attempt: number, timeLeftMs: number) {
  return gateway.postgres.withStatementClient((client) => {
    const execution = { command, client, transaction: undefined, gateway, attempt }
    const timeLimitMs = command.maxTimeMs > 0 ? timeLeftMs : 0
    return gateway.postgres.withTimeLimit(client, timeLimitMs, () => handlerOf(command)(execution))
  })
}

function handlerOf(command: Command) {
  const handler = commands[command.name]
  if (!handler) throw unknownCommand(command.spelledName)
  return handler
}

function isWorthAnotherAttempt(error: CommandError, command: Command, attempt: number): boolean {
  if (error.code === ErrorCode.WriteConflict || error.code === ErrorCode.LockTimeout) return true
  return error.code === ErrorCode.DuplicateKey && mayBeUpsertRace(command, attempt)
}

function outOfTime(): CommandError {
  return new CommandError(ErrorCode.MaxTimeMSExpired, 'operation exceeded time limit')
}

/** A random pause that grows, so that those who collided do not collide again. */
function pause(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE_MS, 5 * (attempt + 1))
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longest))
}

/** What `pg` threw, in MongoDB's terms. */
async function explained(error: unknown, command: Command, gateway: GatewayState): Promise<CommandError> {
  const failure = toCommandError(error)
  const violation = violationOf(error)
  if (failure.code !== ErrorCode.DuplicateKey || !violation) return failure
  const details = await describeViolation(gateway.postgres, command, violation)
  return new CommandError(failure.code, details.errmsg, failure.labels, details)
}
