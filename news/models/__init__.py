"""The models of the news, by concern."""

from news.models.article import ArticlePage, ArticleTopic
from news.models.index import NewsIndexPage
from news.models.parts import ArticlePicture, ArticleRating, ArticleRelation

__all__ = [
    "ArticlePage",
    "ArticlePicture",
    "ArticleRating",
    "ArticleRelation",
    "ArticleTopic",
    "NewsIndexPage",
]
