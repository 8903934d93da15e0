import { z } from 'zod'
import { defineContract, pictureUrl } from './contract'

export const createPicture = defineContract({
  id: 'admin.pictures.create',
  method: 'POST',
  path: '/api/admin/pictures',
  actor: 'admin',
  summary:
    '上传一张礼品或门店的图片（JPG、PNG、WebP，最大 5 MB），得到填写用的地址；同一张图再传还是同一个地址，7 天没用上就删除',
  consumes: 'image',
  status: 201,
  response: z.object({
    picture: z.object({
      url: pictureUrl.describe('填进礼品的 pictureUrls、门店的 pictureUrl'),
      thumbnailUrl: pictureUrl.describe('小图；礼品没有另填 thumbnailUrl 时，列表自动用它'),
      widthPx: z.int(),
      heightPx: z.int(),
      sizeBytes: z.int().describe('大小两张一共多少字节'),
    }),
  }),
  errors: ['upload.unsupported', 'upload.limit_reached', 'request.too_large'],
})
