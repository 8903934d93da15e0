import sharp from 'sharp'
import type { z } from 'zod'
import { type Env, officialAccountOf } from '#bff/env'
import type { Outbox } from '#bff/platform/outbox/outbox'
import { listTaskProofs, rejectTaskProof } from '#shared/contracts/task-reviews'
import { createTask, setTaskState, submitTask } from '#shared/contracts/tasks'
import { createUpload } from '#shared/contracts/uploads'
import { type DemoTask, taskInput, tasks } from '../world/tasks'
import type { Stage } from './stage'

type Body = z.input<typeof submitTask.body>
const version = 1

/** Something to look at for whoever reviews. */
const photo = (color: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#efe6d6"/><rect y="330" width="640" height="150" fill="#c9a77a"/><rect x="250" y="200" width="140" height="160" rx="24" fill="${color}"/><path d="M390 240h30a36 36 0 0 1 0 72h-30" fill="none" stroke="${color}" stroke-width="22"/></svg>`,
    ),
  )
    .jpeg()
    .toBuffer()

/**
 * Tasks as the brand runs them, and what some have done: one follows the account and has answered the survey, one waits for
 * review, one was rejected. Last, so that nothing of it is in the histories.
 */
export async function setUpTasks(
  stage: Stage,
  env: Env,
  { outbox, pushTo }: { outbox: Outbox; pushTo: string },
): Promise<void> {
  const hasAccount = officialAccountOf(env) !== null
  const ids = new Map<DemoTask, string>()
  for (const name of Object.keys(tasks) as DemoTask[]) {
    const { task } = await stage.owner(createTask, { body: taskInput(name) })
    if (name !== 'follow' || hasAccount)
      await stage.owner(setTaskState, { params: { id: task.id }, body: { state: 'running' } })
    ids.set(name, task.id)
  }
  const submit = async (member: string, name: DemoTask, body: Body) =>
    stage.member(member)(submitTask, { params: { id: ids.get(name) ?? '' }, body })
  const handIn = async (member: string, color: string, note: string) => {
    const { upload } = await stage.member(member)(createUpload, { jpeg: await photo(color) })
    await submit(member, 'proof', { kind: 'proof', version, photoIds: [upload.id], note })
  }
  await submit('ashu', 'survey', {
    kind: 'survey',
    version,
    answers: [
      { questionId: 'shop', choiceIds: ['c2'] },
      { questionId: 'wishes', choiceIds: ['c1', 'c2'] },
      { questionId: 'service', rating: 5 },
      { questionId: 'words', text: '店里的茶很好喝，座位再多几个就好了' },
    ],
  })
  await handIn('tangtang', '#b9c4bd', '刚换到的')
  const { items } = await stage.owner(listTaskProofs)
  const [blurred] = items
  const reason = '照片有点糊，看不清是哪件礼品'
  if (blurred) await stage.owner(rejectTaskProof, { params: { id: blurred.id }, body: { reason } })
  await handIn('xiaoman', '#1f6b4f', '放在窗边正好')
  if (!hasAccount) return
  await follow(env, 'ashu', pushTo)
  while ((await outbox.deliver()) > 0);
  await submit('ashu', 'follow', { kind: 'follow', version })
}

/** What he did in WeChat; the stand-in tells the BFF of it as WeChat would. */
async function follow(env: Env, demoId: string, pushTo: string): Promise<void> {
  const response = await fetch(`${env.WECHAT_BASE_URL}/stand-in/follows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ demoId, pushTo }),
  })
  if (!response.ok) throw new Error(`the stand-in answered ${response.status}`)
}
