import type { z } from 'zod'
import * as contracts from '#shared/contracts/help'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type HelpArticle, HelpArticleModel, HelpDeskModel } from '../help.model'

type Clocked = Pick<Services, 'clock'>

async function findArticle(id: string): Promise<HelpArticle> {
  const article = await HelpArticleModel.findById(id).lean()
  if (!article) throw notFound('没有这条帮助')
  return article
}

/** Changes the one document of the desk, which may not be there yet. */
export async function touchDesk(update: object): Promise<void> {
  await HelpDeskModel.updateOne({ _id: 'help' }, update, { upsert: true }).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('help desk') : error
  })
}

/** Adds an article, at the end unless it says where. @throws `help.limit_reached` */
export const createArticle = (
  { clock }: Clocked,
  admin: AdminPrincipal,
  input: z.output<typeof contracts.createHelpArticle.body>,
): Promise<HelpArticle> =>
  inTransaction(async () => {
    await touchDesk({ $inc: { articlesCreated: 1 } })
    const count = await HelpArticleModel.countDocuments()
    if (count >= limits.helpArticles) throw new DomainError('help.limit_reached')
    const last = await HelpArticleModel.findOne().sort({ sortOrder: -1 }).lean()
    const article: HelpArticle = {
      isPublished: true,
      sortOrder: (last?.sortOrder ?? 0) + 10,
      ...input,
      _id: newId(),
      updatedAt: clock.now(),
    }
    await HelpArticleModel.insertMany([article])
    await recordAudit(clock, admin, {
      operation: contracts.createHelpArticle.id,
      targetId: article._id,
      before: null,
      after: input,
    })
    return article
  })

/** Changes what is named of an article. @throws `resource.not_found` */
export const updateArticle = (
  { clock }: Clocked,
  admin: AdminPrincipal,
  id: string,
  input: z.output<typeof contracts.updateHelpArticle.body>,
): Promise<HelpArticle> =>
  inTransaction(async () => {
    const before = await findArticle(id)
    const changes = { ...input, updatedAt: clock.now() }
    await HelpArticleModel.updateOne({ _id: id }, { $set: changes })
    await recordAudit(clock, admin, {
      operation: contracts.updateHelpArticle.id,
      targetId: id,
      before: Object.fromEntries(Object.keys(input).map((key) => [key, before[key as keyof HelpArticle]])),
      after: input,
    })
    return { ...before, ...changes }
  })

/** Removes an article; its text stays in the audit log. @throws `resource.not_found` */
export const deleteArticle = ({ clock }: Clocked, admin: AdminPrincipal, id: string): Promise<void> =>
  inTransaction(async () => {
    const { section, question, answer } = await findArticle(id)
    await HelpArticleModel.deleteOne({ _id: id })
    await recordAudit(clock, admin, {
      operation: contracts.deleteHelpArticle.id,
      targetId: id,
      before: { section, question, answer },
      after: null,
    })
  })
