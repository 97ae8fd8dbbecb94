import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const WELCOME = `# Ctrl-Enter runs the query, Ctrl-Space completes.
# The header below makes you a seeded user (development only).
{
  me {
    displayName
  }
  products(first: 5, filter: { search: "camera" }) {
    totalCount
    nodes {
      title
      price {
        amount
        currencyCode
      }
      seller {
        displayName
      }
      coverImage {
        url(width: 320)
      }
    }
  }
}
`;

const SOCKET_URL = new URL('/graphql', window.location.href.replace(/^http/, 'ws')).href;

const root = document.getElementById('graphiql');
createRoot(root).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: SOCKET_URL }),
    defaultQuery: WELCOME,
    defaultHeaders: JSON.stringify({ 'emporium-development-user': 'user_1' }, null, 2),
  }),
);
