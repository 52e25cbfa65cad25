# BAD: every code change reinstalls dependencies
COPY . .
RUN pip install -r requirements.txt
