import { z } from 'zod'
import { imageTypes } from '../domain/enums'
import { defineContract, identifier, idParams, image, instant } from './contract'

export const createUpload = defineContract({
  id: 'upload.create',
  method: 'POST',
  path: '/api/member/uploads',
  actor: 'member',
  summary: '上传一张图片（JPG、PNG、WebP，最大 5 MB），一天内没有用到就删除',
  consumes: 'image',
  status: 201,
  response: z.object({
    upload: z.object({
      id: identifier,
      contentType: z.enum(imageTypes),
      widthPx: z.int(),
      heightPx: z.int(),
      sizeBytes: z.int(),
      createdAt: instant,
    }),
  }),
  errors: ['upload.unsupported', 'upload.limit_reached', 'request.too_large'],
})

export const readUpload = defineContract({
  id: 'upload.read',
  method: 'GET',
  path: '/api/member/uploads/:id',
  actor: 'member',
  summary: '看自己上传的图片',
  params: idParams,
  produces: 'image',
  status: 200,
  response: image,
})

export const readUploadAsAdmin = defineContract({
  id: 'admin.uploads.read',
  method: 'GET',
  path: '/api/admin/uploads/:id',
  actor: 'admin',
  summary: '看会员交上来的图片：售后申请、任务凭证',
  params: idParams,
  produces: 'image',
  status: 200,
  response: image,
})
