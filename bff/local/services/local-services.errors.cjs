/** Stops a start: what is wrong and what can be done, in words for whoever ran the command. */
class LocalServicesError extends Error {
  name = 'LocalServicesError'
}

/**
 * @param {string} label What cannot be started.
 * @param {readonly string[]} reasons Why each way of starting it is closed.
 */
function cannotStart(label, reasons) {
  return new LocalServicesError(
    [
      `这里无法启动 ${label} / ${label} cannot be started here:`,
      ...reasons.map((reason) => `  - ${reason}`),
      '',
      '用 Docker 启动 MongoDB 和 Redis（compose.yaml），或使用已有的，然后告诉 Jili 它们在哪里：',
      'Start both with Docker (compose.yaml) or use your own (MongoDB as a replica set), and say where they are:',
      '',
      '  docker compose up -d',
      "  export MONGODB_URI='mongodb://127.0.0.1:27017/jili?directConnection=true'",
      '  export REDIS_URL=redis://127.0.0.1:6379',
    ].join('\n'),
  )
}

module.exports = { LocalServicesError, cannotStart }
