import type { z } from 'zod'
import * as contracts from '#shared/contracts/help'
import { limits } from '#shared/domain/limits'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { inTransaction } from '../../platform/mongo/transaction'
import { adminWith, anyone, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { createArticle, deleteArticle, touchDesk, updateArticle } from './commands/save-article'
import { type HelpArticle, HelpArticleModel, HelpDeskModel } from './help.model'

const presentArticle = ({ _id, section, question, answer }: HelpArticle) => ({
  id: _id,
  section,
  question,
  answer,
})

const presentForAdmin = (article: HelpArticle): z.input<typeof contracts.adminHelpArticle> => ({
  ...presentArticle(article),
  sortOrder: article.sortOrder,
  isPublished: article.isPublished,
  updatedAt: article.updatedAt.toISOString(),
})

async function readContact() {
  const desk = await HelpDeskModel.findById('help').lean()
  return { phone: desk?.phone ?? null, hours: desk?.hours ?? null, note: desk?.note ?? null }
}

const list = route(contracts.listHelpArticles, adminWith('operator', 'support'), async ({ query }) => {
  const cursor = query.cursor ? decodeCursor(query.cursor, ['number', 'string']) : null
  const after = cursor
    ? { $or: [{ sortOrder: { $gt: cursor[0] } }, { sortOrder: cursor[0], _id: { $gt: cursor[1] } }] }
    : {}
  const rows = await HelpArticleModel.find(after)
    .sort({ sortOrder: 1, _id: 1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row.sortOrder, row._id])
  return { items: page.items.map(presentForAdmin), nextCursor: page.nextCursor }
})

const updateContact = route(
  contracts.updateHelpContact,
  adminWith('operator'),
  ({ services, principal, body }) =>
    inTransaction(async () => {
      const before = await readContact()
      await touchDesk({ $set: body })
      const operation = contracts.updateHelpContact.id
      await recordAudit(services.clock, principal, { operation, targetId: 'help', before, after: body })
      return { contact: await readContact() }
    }),
)

export const helpRoutes = [
  route(contracts.readHelp, anyone, async () => {
    const rows = await HelpArticleModel.find({ isPublished: true })
      .sort({ sortOrder: 1, _id: 1 })
      .limit(limits.helpArticles)
      .lean()
    return { items: rows.map(presentArticle), contact: await readContact() }
  }),
  list,
  route(contracts.createHelpArticle, adminWith('operator'), async ({ services, principal, body }) => ({
    article: presentForAdmin(await createArticle(services, principal, body)),
  })),
  route(
    contracts.updateHelpArticle,
    adminWith('operator'),
    async ({ services, principal, params, body }) => ({
      article: presentForAdmin(await updateArticle(services, principal, params.id, body)),
    }),
  ),
  route(contracts.deleteHelpArticle, adminWith('operator'), async ({ services, principal, params }) => {
    await deleteArticle(services, principal, params.id)
    return null
  }),
  updateContact,
]
