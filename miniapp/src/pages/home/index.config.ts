export default definePageConfig({ navigationBarTitleText: '积礼' })
