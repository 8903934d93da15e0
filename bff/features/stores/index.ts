import { type Store, StoreModel } from './store.model'

export { presentStore, storesRoutes } from './stores.routes'

/** The stores with these ids, or every store when `ids` is empty; at most 200. */
export const findStores = (ids: readonly string[]): Promise<Store[]> =>
  StoreModel.find(ids.length > 0 ? { _id: { $in: [...ids] } } : {})
    .sort({ _id: 1 })
    .limit(200)
    .lean()
