/* Browsers that read our style sheets (`min()`, `gap` in flex) read this much; WeChat's engine is older. */
const browsers = { ios: '14', android: '90' }

module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        ...(process.env.TARO_ENV === 'h5' ? { targets: browsers } : {}),
      },
    ],
  ],
}
