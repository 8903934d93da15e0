const minimumNode = [20, 19]

/** Read by any Node, old ones included: they must be able to say that they are too old. */
function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = minimumNode
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  const wanted = minimumNode.join('.')
  throw new Error(
    `需要 Node ${wanted} 或更新，现在是 ${version}。从 nodejs.org 安装后再运行。\n` +
      `Node ${wanted} or newer is needed, this is ${version}. Install it from nodejs.org and run the command again.`,
  )
}

module.exports = { checkNode }
