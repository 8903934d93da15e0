import type { Contract } from '#shared/contracts/contract'
import type { Answer, Json } from './client'
import { inParallel } from './crowd'
import { wrongBodies } from './wrong-values'

/** The wrong bodies of an operation that are not refused, or not for what is wrong with them; by what is wrong. */
export async function findTaken(
  contract: Contract,
  send: (body: unknown) => Promise<Answer<Json>>,
): Promise<string[]> {
  const answers = await inParallel(wrongBodies(contract), 4, async (wrong) => ({
    ...wrong,
    answer: await send(wrong.body),
  }))
  return answers.filter(({ answer, path }) => !isRefused(answer, path)).map(({ what }) => what)
}

function isRefused({ status, body }: Answer<Json>, path: string): boolean {
  const place = path ? `body.${path}` : 'body'
  const issues: { path: string; message: string }[] = body?.error?.details?.issues ?? []
  return (
    status === 400 &&
    body.error.code === 'request.invalid' &&
    issues.some((issue) => issue.path === place || issue.path.startsWith(`${place}.`)) &&
    issues.every(({ message }) => /[\u4e00-\u9fff]/.test(message))
  )
}
