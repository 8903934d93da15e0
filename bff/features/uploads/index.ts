export { attachUploads, detachUploads, eraseUploads } from './commands/attach-uploads'
export { sweepUploads } from './jobs/sweep-uploads'
export { readAttachedBytes, uploadsRoutes } from './uploads.routes'
