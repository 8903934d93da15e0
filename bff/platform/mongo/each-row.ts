/** The rows of a cursor one by one. Whoever stops early closes it: mongoose's own iteration would leave it open. */
export async function* eachRow<Row>(
  cursor: AsyncIterable<Row> & { close(): Promise<void> },
): AsyncGenerator<Row, void, undefined> {
  try {
    for await (const row of cursor) yield row
  } finally {
    await cursor.close()
  }
}
