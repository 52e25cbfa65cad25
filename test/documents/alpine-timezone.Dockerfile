# Timezone issues
RUN apk add --no-cache tzdata
ENV TZ=America/New_York
