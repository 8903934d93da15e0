import { CodeImportModel } from '../code-import.model'
import { type ImportServices, importNextBatch } from '../commands/import-batch'

/**
 * Goes on with imports that are not done, oldest first, at most `maxBatches` batches; the next run takes the rest.
 * An import that fails does not hold up the others. Returns how many batches it imported.
 */
export async function runCodeImports(services: ImportServices, maxBatches = 20): Promise<number> {
  const running = await CodeImportModel.find({ state: 'importing' })
    .sort({ _id: 1 })
    .limit(maxBatches)
    .select('_id')
    .lean()
  let imported = 0
  const failures: unknown[] = []
  for (const { _id } of running) {
    try {
      while (imported < maxBatches && (await importNextBatch(services, _id))) imported += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return imported
}
