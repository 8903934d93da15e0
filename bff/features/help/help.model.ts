import { model, Schema } from 'mongoose'

/** One question or rule with its text. */
export interface HelpArticle {
  _id: string
  section: string
  question: string
  answer: string
  sortOrder: number
  isPublished: boolean
  updatedAt: Date
}

const articleSchema = new Schema<HelpArticle>(
  {
    _id: { type: String, required: true },
    section: { type: String, required: true },
    question: { type: String, required: true },
    answer: { type: String, required: true },
    sortOrder: { type: Number, required: true },
    isPublished: { type: Boolean, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'help_articles', versionKey: false },
)

// The page, in its order.
articleSchema.index({ sortOrder: 1, _id: 1 })

export const HelpArticleModel = model('HelpArticle', articleSchema)

/** How to reach the brand: one document. Creating an article moves its count on, so that two cannot pass the limit together. */
export interface HelpDesk {
  _id: 'help'
  phone: string | null
  hours: string | null
  note: string | null
  articlesCreated: number
}

const deskSchema = new Schema<HelpDesk>(
  {
    _id: { type: String, required: true },
    phone: { type: String, default: null },
    hours: { type: String, default: null },
    note: { type: String, default: null },
    articlesCreated: { type: Number, default: 0 },
  },
  { collection: 'help_desk', versionKey: false },
)

export const HelpDeskModel = model('HelpDesk', deskSchema)
