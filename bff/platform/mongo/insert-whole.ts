/**
 * Inserts documents that are whole by their type, in the caller's transaction if there is one. mongoose would build,
 * cast and validate a document of its own for each, which costs a redemption as much as its rules.
 * @throws a duplicate-key error.
 */
export async function insertWhole<T>(model: Inserter<T>, documents: readonly NoInfer<T>[]): Promise<void> {
  await model.insertMany([...documents], { lean: true })
}

/** What a model of such documents can do, without all else that mongoose's types say of it. */
interface Inserter<T> {
  insertMany(documents: T[], options: { lean: true }): Promise<unknown>
}
