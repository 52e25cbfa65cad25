# A web application as it is often written first: everything copied, everything installed, as root.
# context: package.json package-lock.json server.js src/ node_modules/ .git/ .env
FROM node
MAINTAINER Jane Doe <jane@example.com>

ENV NODE_ENV production
WORKDIR app
COPY . .
RUN npm install
EXPOSE 3000
CMD npm start
