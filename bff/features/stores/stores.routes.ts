import * as contracts from '#shared/contracts/stores'
import { ownPictureUrl } from '#shared/domain/pictures'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { inTransaction } from '../../platform/mongo/transaction'
import { adminWith, anyone, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { keepPictures } from '../pictures'
import { type Store, StoreModel } from './store.model'

export const presentStore = ({ _id, name, address, hours, phone, pictureUrl }: Store) => ({
  id: _id,
  name,
  address,
  hours,
  phone,
  pictureUrl: ownPictureUrl(pictureUrl),
})

async function listStores(query: { cursor?: string | undefined; limit: number }) {
  const after = query.cursor ? { _id: { $gt: decodeCursor(query.cursor, ['string'])[0] } } : {}
  const rows = await StoreModel.find(after)
    .sort({ _id: 1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentStore), nextCursor: page.nextCursor }
}

const create = route(contracts.createStore, adminWith('operator'), ({ services, principal, body }) =>
  inTransaction(async () => {
    await keepPictures(body.pictureUrl ? [body.pictureUrl] : [], 'pictureUrl')
    const store = presentStore({ _id: newId(), phone: null, pictureUrl: null, ...body })
    const { id, ...fields } = store
    await StoreModel.insertMany([{ _id: id, ...fields }])
    await recordAudit(services.clock, principal, {
      operation: contracts.createStore.id,
      targetId: id,
      before: null,
      after: store,
    })
    return { store }
  }),
)

const update = route(contracts.updateStore, adminWith('operator'), ({ services, principal, params, body }) =>
  inTransaction(async () => {
    const before = await StoreModel.findById(params.id).lean()
    if (!before) throw notFound('没有这家门店')
    await keepPictures(body.pictureUrl ? [body.pictureUrl] : [], 'pictureUrl')
    const store = presentStore({ ...before, ...body })
    await StoreModel.updateOne({ _id: params.id }, { $set: body })
    await recordAudit(services.clock, principal, {
      operation: contracts.updateStore.id,
      targetId: params.id,
      before: presentStore(before),
      after: store,
    })
    return { store }
  }),
)

export const storesRoutes = [
  route(contracts.listStores, anyone, ({ query }) => listStores(query)),
  route(contracts.listAdminStores, adminWith('operator', 'reviewer', 'support'), ({ query }) =>
    listStores(query),
  ),
  create,
  update,
]
